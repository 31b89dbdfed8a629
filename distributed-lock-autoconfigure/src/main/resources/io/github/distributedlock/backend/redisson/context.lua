-- One call answers any number of questions, each about one lock and independent of the others.
-- KEYS: lock, fence, queue of each "acquire" and "extend"; lock, queue of each "keep",
--       "release" and "withdraw"; in the order of the questions
-- ARGV: this node, channel prefix, channel suffix, '1' if the number that PUBLISH returns is
--       true; then the questions, a line each: a letter and its arguments, with spaces between
-- Returns a line for each: what its function says, or '-' and an error.
local call, try = redis.call, redis.pcall
local me, prefix, suffix, counted = ARGV[1], ARGV[2], ARGV[3], ARGV[4] == '1'
local FENCE_RETENTION, QUEUE_RETENTION, RESERVATION = '604800000', '60000', '1000'
local LARGEST_TOKEN = 9007199254740992

local function count_of(queue)
  local waiting = try('LLEN', queue)
  return type(waiting) == 'number' and waiting or 0
end

