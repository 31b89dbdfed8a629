-- join(queue, node, retention): the node waits at the tail, or where it already does.
-- Never an error: the queue is an optimisation, and the caller may have written before.
local function join(queue, node, retention)
  if type(redis.pcall('LPOS', queue, node)) ~= 'number' then
    redis.pcall('RPUSH', queue, node)
  end
  redis.pcall('PEXPIRE', queue, retention)
end
