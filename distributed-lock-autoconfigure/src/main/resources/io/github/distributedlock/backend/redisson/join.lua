-- This node waits at the tail, or where it already does. Returns whether it is the first.
-- Never an error: the queue is an optimisation, and the caller may have written before.
-- Who asks again while it waits, each second, keeps the queue; one that moves faster than
-- that is kept by those who are granted the lock.
local function join(queue)
  local me = ARGV[1]
  local position = try('LPOS', queue, me)
  local length = type(position) ~= 'number' and try('RPUSH', queue, me)
  if not length or length == 1 then
    try('PEXPIRE', queue, QUEUE_RETENTION)
  end
  return position == 0 or length == 1
end

