-- The lock goes to the node that waits longest, reserved for it for a second, or is deleted
-- if none does. This node, if it rejoins, waits behind all others, and is the next if there
-- are none. A node that surely nobody hears for is skipped.
local function pass(lock, queue, rejoins, tag)
  local rejoining = rejoins and ARGV[1] or nil
  while true do
    local node = try('LPOP', queue)
    if not node then
      node = rejoining
    elseif rejoining and node ~= rejoining then
      join(queue)
    end
    rejoining = nil
    if type(node) ~= 'string' then
      call('DEL', lock)
      return
    end
    local prefix, suffix, counted = ARGV[2], ARGV[3], ARGV[4] == '1'
    local reserved = try('SET', lock, 'r:' .. node, 'PX', '1000')
    if type(reserved) == 'table' and reserved['err'] then
      try('DEL', lock)
      return
    end
    local sent = try('PUBLISH', prefix .. node .. suffix, 'g' .. tag)
    if not counted then
      local head = try('LINDEX', queue, 0)
      if type(head) == 'string' then
        try('PUBLISH', prefix .. head .. suffix, 'g' .. tag)
      end
    end
    if not counted or sent ~= 0 then
      return
    end
  end
end

