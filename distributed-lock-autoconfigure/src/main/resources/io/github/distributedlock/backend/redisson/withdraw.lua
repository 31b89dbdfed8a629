-- This node no longer waits: 'w tag'. A turn that it was already given is passed on.
-- Says '1'.
local function withdraw(question, lock, queue)
  local cur = call('GET', lock)
  call('LREM', queue, 0, ARGV[1])
  if cur == 'r:' .. ARGV[1] then
    pass(lock, queue, false, string.sub(question, 3))
  end
  return '1'
end

