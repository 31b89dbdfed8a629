-- The server's clock in microseconds, read once for all questions, as a number and as text:
-- to print so large a number takes longer than any command.
local moment, moment_text
local function now()
  if not moment then
    local time = call('TIME')
    moment_text = time[1] .. string.sub('00000' .. time[2], -6)
    moment = tonumber(moment_text)
  end
  return moment
end

-- One attempt: 'a lease-ms tokens h:owner interested tag', with interested '1' or '0'.
-- Says '1 first-token tokens nodes-that-wait', or '0 PTTL record' with the record left out
-- if it is foreign.
local function acquire(lock, fence, queue, own, lease, tokens, rest)
  local cur = call('GET', lock)
  if cur and cur ~= own and cur ~= 'r:' .. ARGV[1] then
    local left = call('PTTL', lock)
    local interested, tag = string.match(rest, '^([01]) (.+)$')
    if interested == '1' then
      local first = join(queue)
      local holder = string.match(cur, '^h:(.*)#')
      if first and holder then
        try('PUBLISH', ARGV[2] .. holder .. ARGV[3], 'c' .. tag .. ' ' .. string.sub(cur, 3))
      end
    end
    local kind = string.sub(cur, 1, 2)
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
  elseif cur == own and not stored then
    error({err = 'DLFENCE the fence of a held lock is gone'}, 0)
  end
  local first, first_text
  if cur ~= own and now() > last then
    first, first_text = moment, moment_text
  else
    first = last + 1
    first_text = string.format('%.0f', first)
  end
  local last_text = count == 1 and first_text or string.format('%.0f', first + count - 1)
  call('SET', fence, last_text, 'PX', FENCE_RETENTION)
  if cur ~= own then
    call('SET', lock, own, 'PX', lease)
  elseif call('PTTL', lock) < tonumber(lease) then
    call('PEXPIRE', lock, lease)
  end
  local granted = '1 ' .. first_text .. ' ' .. tokens .. ' '
  local waiting = try('LLEN', queue)
  if waiting == 0 or type(waiting) ~= 'number' then
    return granted .. '0'
  end
  if not cur or cur == own then
    local removed = try('LREM', queue, 0, ARGV[1])
    waiting = waiting - (type(removed) == 'number' and removed or 0)
  end
  if waiting > 0 and cur ~= own and now() % 8000000 < 2000000 then
    try('PEXPIRE', queue, QUEUE_RETENTION)
  end
  return granted .. waiting
end

