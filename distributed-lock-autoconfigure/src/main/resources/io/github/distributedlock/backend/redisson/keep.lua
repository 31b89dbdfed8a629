-- Extends the record of its owner, and of nobody else, as 'e' does without tokens, and leaves
-- the fence alone: 'k lease-ms h:owner'. Says '1 0 0 nodes-that-wait', or '0'.
local function keep(question, lock, queue)
  local lease, own = string.match(question, '^k (%d+) (%S+)$')
  if call('GET', lock) ~= own then
    return '0'
  end
  extend(lock, lease)
  return '1 0 0 ' .. count_of(queue)
end

-- The same for many locks, with one command for all records and one for all queues. Says
-- nothing, unless all of them are held and nobody waits for any. Neither an owner nor a
-- number has a line break, so equal text means equal records.
local function keep_all(questions)
  local lead = string.match(questions, '^k %d+ ')
  local locks, queues = {}, {}
  for key = 1, #KEYS, 2 do
    locks[#locks + 1], queues[#queues + 1] = KEYS[key], KEYS[key + 1]
  end
  local records = table.concat(call('MGET', unpack(locks)), '\n' .. lead)
  if lead .. records .. '\n' ~= questions or call('EXISTS', unpack(queues)) > 0 then
    return nil
  end
  local lease = string.sub(lead, 3, -2)
  for _, lock in ipairs(locks) do
    extend(lock, lease)
  end
  return string.rep('1 0 0 0\n', #locks - 1) .. '1 0 0 0'
end

