-- A record is never shortened.
local knows_greater = (redis.REDIS_VERSION_NUM or 0) >= 0x070000
local function extend(lock, lease)
  if knows_greater then
    call('PEXPIRE', lock, lease, 'GT')
  elseif call('PTTL', lock) < tonumber(lease) then
    call('PEXPIRE', lock, lease)
  end
end

-- Extends the record of its owner, and of nobody else: 'e lease-ms more-tokens h:owner'.
-- Says '1 first-token tokens nodes-that-wait', without tokens '1 0 0 ...', or '0'.
local function renew(question, lock, fence, queue)
  local lease, tokens, own = string.match(question, '^e ([^ ]+) ([^ ]+) ([^ ]+)$')
  if call('GET', lock) ~= own then
    return '0'
  end
  extend(lock, lease)
  local first, count = 0, tonumber(tokens)
  if count > 0 then
    local stored = try('GET', fence)
    local last = type(stored) == 'string' and tonumber(stored)
    local kept
    if last and last > 0 and last <= LARGEST_TOKEN - count and math.floor(last) == last then
      first = last + 1
      kept = try('SET', fence, string.format('%.0f', last + count), 'PX', FENCE_RETENTION)
    end
    if not kept or kept['err'] then
      first, count = 0, 0
    end
  else
    local left = try('PTTL', fence)
    if type(left) == 'number' and left >= 0 and left < FENCE_RETENTION / 2 then
      try('PEXPIRE', fence, FENCE_RETENTION)
    end
  end
  local waiting = try('LLEN', queue)
  return string.format('1 %.0f %d %d', first, count, type(waiting) == 'number' and waiting or 0)
end

