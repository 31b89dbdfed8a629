-- Removes the record of its owner, and of nobody else, and passes the lock on.
-- KEYS: lock, queue
-- ARGV: owner, node, rejoin '1' or '0', reservation ms, queue retention ms,
--       channel prefix, channel suffix, tag, counted '1' or '0'
-- Returns {1} if it was there, else {0}.
local lock, queue = KEYS[1], KEYS[2]
if redis.call('GET', lock) ~= 'h:' .. ARGV[1] then
  return {0}
end
local rejoining = ARGV[3] == '1' and ARGV[2] or nil
pass(lock, queue, rejoining, ARGV[5], ARGV[4], ARGV[6], ARGV[7], ARGV[8], ARGV[9])
return {1}
