-- join(queue, node, retention): the node waits at the tail, or where it already does. Returns
-- whether it is the first. Never an error: the queue is an optimisation, and the caller may
-- have written before.
-- Who asks again while it waits, each second, keeps the queue; one that moves faster than
-- that is kept by those who are granted the lock.
local function join(queue, node, retention)
  local position = redis.pcall('LPOS', queue, node)
  local length = type(position) ~= 'number' and redis.pcall('RPUSH', queue, node)
  if not length or length == 1 then
    redis.pcall('PEXPIRE', queue, retention)
  end
  return position == 0 or length == 1
end
