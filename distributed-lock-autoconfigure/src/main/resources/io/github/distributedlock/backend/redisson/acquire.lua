-- One attempt to acquire a lock.
-- KEYS: lock, fence, queue
-- ARGV: owner, lease ms, tokens, node, interested '1' or '0', fence retention ms,
--       queue retention ms, channel prefix, channel suffix, tag
-- Returns {1, first token, tokens, nodes that wait} or {0, PTTL, record}; the record is
-- empty if it is foreign.
local lock, fence, queue = KEYS[1], KEYS[2], KEYS[3]
local own = 'h:' .. ARGV[1]
local cur = redis.call('GET', lock)
if cur and cur ~= own and cur ~= 'r:' .. ARGV[4] then
  local left = redis.call('PTTL', lock)
  local kind = string.sub(cur, 1, 2)
  if ARGV[5] == '1' then
    local first = join(queue, ARGV[4], ARGV[7])
    local holder = string.match(cur, '^h:(.*)#')
    if first and holder then
      redis.pcall('PUBLISH', ARGV[8] .. holder .. ARGV[9], 'c' .. ARGV[10] .. ' ' .. string.sub(cur, 3))
    end
  end
  if kind ~= 'h:' and kind ~= 'r:' then
    cur = ''
  end
  return {0, left, cur}
end
local count = tonumber(ARGV[3])
local stored = redis.call('GET', fence)
local last = tonumber(stored or '0')
if not (last and last >= 0 and last <= 9007199254740992 - count and math.floor(last) == last) then
  return redis.error_reply('DLFENCE the fence of the lock holds no token')
end
local first = last + 1
local time
if cur ~= own then
  time = redis.call('TIME')
  first = math.max(time[1] * 1000000 + time[2], first)
elseif not stored then
  return redis.error_reply('DLFENCE the fence of a held lock is gone')
end
redis.call('SET', fence, string.format('%.0f', first + count - 1), 'PX', ARGV[6])
if cur ~= own then
  redis.call('SET', lock, own, 'PX', ARGV[2])
elseif redis.call('PTTL', lock) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', lock, ARGV[2])
end
local waiting = redis.pcall('LLEN', queue)
if type(waiting) ~= 'number' or waiting == 0 then
  return {1, first, count, 0}
end
if not cur or cur == own then
  waiting = waiting - redis.call('LREM', queue, 0, ARGV[4])
end
if time and time[1] % 8 < 2 then
  redis.pcall('PEXPIRE', queue, ARGV[7])
end
return {1, first, count, waiting}
