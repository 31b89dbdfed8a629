-- Removes the record of its owner, and of nobody else, and passes the lock on:
-- 'r rejoin h:owner tag', with rejoin '1' or '0'. Says '1' if it was there, else '0'.
local function release(lock, queue, own, rejoins, tag)
  if call('GET', lock) ~= own then
    return '0'
  end
  pass(lock, queue, rejoins, tag)
  return '1'
end

