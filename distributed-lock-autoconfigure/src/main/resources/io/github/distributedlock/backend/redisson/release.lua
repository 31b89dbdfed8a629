-- Removes the record of its owner, and of nobody else, and passes the lock on.
-- KEYS: lock, queue
-- ARGV: owner, node, rejoin '1' or '0', reservation ms, queue retention ms,
--       channel prefix, channel suffix, tag, counted '1' or '0'
-- Returns {1} if it was there, else {0}.
local lock, queue = KEYS[1], KEYS[2]
if redis.call('GET', lock) ~= 'h:' .. ARGV[1] then
  return {0}
end
local waiting = redis.pcall('LLEN', queue)
if ARGV[3] ~= '1' and waiting == 0 then
  redis.call('DEL', lock)
  return {1}
end
redis.call('PEXPIRE', lock, ARGV[4])
if ARGV[3] == '1' then
  join(queue, ARGV[2], ARGV[5])
end
pass(lock, queue, ARGV[4], ARGV[6], ARGV[7], ARGV[8], ARGV[9])
return {1}
