-- The server's clock in microseconds, read once for all questions.
local moment
local function now()
  if not moment then
    local time = call('TIME')
    moment = time[1] * 1000000 + time[2]
  end
  return moment
end

-- One attempt: 'a owner lease-ms tokens interested tag', with interested '1' or '0'.
-- Says '1 first-token tokens nodes-that-wait', or '0 PTTL record' with the record left out
-- if it is foreign.
local function acquire(question, lock, queue, fence)
  local owner, lease, tokens, interested, tag = string.match(question, '^a (%S+) (%d+) (%d+) ([01]) (%S+)$')
  local own = 'h:' .. owner
  local cur = call('GET', lock)
  if cur and cur ~= own and cur ~= 'r:' .. me then
    local left = call('PTTL', lock)
    local kind = string.sub(cur, 1, 2)
    if interested == '1' then
      local first = join(queue)
      local holder = string.match(cur, '^h:(.*)#')
      if first and holder then
        try('PUBLISH', prefix .. holder .. suffix, 'c' .. tag .. ' ' .. string.sub(cur, 3))
      end
    end
    if kind ~= 'h:' and kind ~= 'r:' or string.find(cur, '%s') then
      cur = ''
    end
    return '0 ' .. left .. ' ' .. cur
  end
  local count = tonumber(tokens)
  local stored = call('GET', fence)
  local last = tonumber(stored or '0')
  if not (last and last >= 0 and last <= LARGEST_TOKEN - count and math.floor(last) == last) then
    error({err = 'DLFENCE the fence of the lock holds no token'}, 0)
  end
  local first = last + 1
  if cur ~= own then
    first = math.max(now(), first)
  elseif not stored then
    error({err = 'DLFENCE the fence of a held lock is gone'}, 0)
  end
  call('SET', fence, string.format('%.0f', first + count - 1), 'PX', FENCE_RETENTION)
  if cur ~= own then
    call('SET', lock, own, 'PX', lease)
  elseif call('PTTL', lock) < tonumber(lease) then
    call('PEXPIRE', lock, lease)
  end
  local waiting = count_of(queue)
  if waiting > 0 and (not cur or cur == own) then
    local removed = try('LREM', queue, 0, me)
    waiting = waiting - (type(removed) == 'number' and removed or 0)
  end
  if waiting > 0 and cur ~= own and now() % 8000000 < 2000000 then
    try('PEXPIRE', queue, QUEUE_RETENTION)
  end
  return string.format('1 %.0f %d %d', first, count, waiting)
end

