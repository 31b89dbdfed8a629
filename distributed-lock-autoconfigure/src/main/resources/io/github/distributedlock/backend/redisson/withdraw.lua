-- The node no longer waits. A turn that it was already given is passed on.
-- KEYS: lock, queue
-- ARGV: node, reservation ms, channel prefix, channel suffix, tag, counted '1' or '0'
-- Returns {1}.
local lock, queue = KEYS[1], KEYS[2]
local cur = redis.call('GET', lock)
redis.call('LREM', queue, 0, ARGV[1])
if cur == 'r:' .. ARGV[1] then
  pass(lock, queue, nil, nil, ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6])
end
return {1}
