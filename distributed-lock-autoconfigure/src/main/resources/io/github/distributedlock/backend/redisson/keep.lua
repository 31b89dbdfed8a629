-- Extends the record of its owner, and of nobody else, as 'e' does without tokens, and looks
-- at nothing else: 'k lease-ms h:owner'. Says 'kept', or '0'.
local function keep(lease, own, lock)
  if call('GET', lock) ~= own then
    return '0'
  end
  extend(lock, lease)
  return 'kept'
end

-- The same for the first KEYS, whose records follow 'm lease-ms how-many', with one command
-- for all of them. Says nothing, unless all are held.
local function keep_many(lease, many)
  local locks, records = KEYS, call('MGET', unpack(KEYS, 1, many))
  for i = 1, many do
    if records[i] ~= ARGV[5 + i] then
      return nil
    end
  end
  for i = 1, many do
    extend(locks[i], lease)
  end
  return string.rep('kept\n', many - 1) .. 'kept'
end

