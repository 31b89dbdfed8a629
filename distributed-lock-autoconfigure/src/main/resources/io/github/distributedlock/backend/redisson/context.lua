-- One call answers any number of questions, each about one lock and independent of the others.
-- KEYS: lock, fence, queue of each "acquire" and "extend"; lock, queue of each "release" and
--       "withdraw"; the lock of each "keep"; in the order of the questions
-- ARGV: this node, channel prefix, channel suffix, '1' if the number that PUBLISH returns is
--       true; then the questions: a letter and its arguments, with spaces between. Many that
--       keep, or that acquire and release, may come before them, put shorter: 'm' (keep_many),
--       't' (together), which has an order of KEYS of its own
-- Returns a line for each: what its function says, or '-' and an error.
--
-- Redis runs all of this text at each call, and to define a function takes as long as half a
-- command. So what most calls need comes first, and answers before the rest is defined.
local call, try = redis.call, redis.pcall
local FENCE_RETENTION, QUEUE_RETENTION = '604800000', '60000'
local LARGEST_TOKEN = 9007199254740992

