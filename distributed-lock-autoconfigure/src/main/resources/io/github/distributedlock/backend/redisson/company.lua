-- Marks the one of KEYS, or deletes all of them. Returns how many of them were here.
if #KEYS == 1 then
  redis.call('RPUSH', KEYS[1], '1')
  return redis.call('PEXPIRE', KEYS[1], '10000')
end
local here = 0
for _, key in ipairs(KEYS) do
  here = here + redis.call('DEL', key)
end
return here
