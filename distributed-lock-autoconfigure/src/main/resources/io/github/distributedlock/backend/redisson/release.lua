-- Removes the record of its owner, and of nobody else, and passes the lock on:
-- 'r h:owner rejoin tag', with rejoin '1' or '0'. Says '1' if it was there, else '0'.
local function release(question, lock, queue)
  local own, rejoin, tag = string.match(question, '^r ([^ ]+) ([01]) (.+)$')
  if call('GET', lock) ~= own then
    return '0'
  end
  pass(lock, queue, rejoin == '1', tag)
  return '1'
end

