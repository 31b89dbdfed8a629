-- pass(lock, queue, rejoining, retention, reserve, prefix, suffix, tag, counted): the lock
-- goes to the node that waits longest, reserved for `reserve` ms, or is deleted if none does.
-- The rejoining node, if there is one, waits behind all others, and is the next if there are
-- none. With `counted` '1' the number that PUBLISH returns is true, and a node that nobody
-- hears for is skipped.
local function pass(lock, queue, rejoining, retention, reserve, prefix, suffix, tag, counted)
  while true do
    local node = redis.pcall('LPOP', queue)
    if not node then
      node = rejoining
    elseif rejoining and node ~= rejoining then
      join(queue, rejoining, retention)
    end
    rejoining = nil
    if type(node) ~= 'string' then
      redis.call('DEL', lock)
      return
    end
    local reserved = redis.pcall('SET', lock, 'r:' .. node, 'PX', reserve)
    if type(reserved) == 'table' and reserved['err'] then
      redis.pcall('DEL', lock)
      return
    end
    local sent = redis.pcall('PUBLISH', prefix .. node .. suffix, 'g' .. tag)
    if counted ~= '1' then
      local head = redis.pcall('LINDEX', queue, 0)
      if type(head) == 'string' then
        redis.pcall('PUBLISH', prefix .. head .. suffix, 'g' .. tag)
      end
    end
    if counted ~= '1' or sent ~= 0 then
      return
    end
  end
end
