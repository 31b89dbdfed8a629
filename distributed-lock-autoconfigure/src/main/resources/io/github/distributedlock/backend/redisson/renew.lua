-- Extends the record of its owner, and of nobody else.
-- KEYS: lock, fence, queue
-- ARGV: owner, lease ms, more tokens, fence retention ms
-- Returns {1, first token, tokens, nodes that wait}, without tokens {1, 0, 0, ...}, or {0}.
local lock, fence, queue = KEYS[1], KEYS[2], KEYS[3]
if redis.call('GET', lock) ~= 'h:' .. ARGV[1] then
  return {0}
end
if redis.call('PTTL', lock) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', lock, ARGV[2])
end
local first, count = 0, tonumber(ARGV[3])
if count > 0 then
  local stored = redis.pcall('GET', fence)
  local last = type(stored) == 'string' and tonumber(stored)
  local kept
  if last and last > 0 and last <= 9007199254740992 - count and math.floor(last) == last then
    first = last + 1
    kept = redis.pcall('SET', fence, string.format('%.0f', last + count), 'PX', ARGV[4])
  end
  if not kept or kept['err'] then
    first, count = 0, 0
  end
else
  local left = redis.pcall('PTTL', fence)
  if type(left) == 'number' and left >= 0 and left < ARGV[4] / 2 then
    redis.pcall('PEXPIRE', fence, ARGV[4])
  end
end
local waiting = redis.pcall('LLEN', queue)
return {1, first, count, type(waiting) == 'number' and waiting or 0}
