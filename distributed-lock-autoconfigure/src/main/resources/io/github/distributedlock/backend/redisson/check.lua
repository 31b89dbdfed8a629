-- Tries every command of the scripts on records that are no lock's, and leaves nothing.
-- KEYS: lock, fence, queue
-- ARGV: channel
-- Returns the commands that this user may not call.
local lock, queue = KEYS[1], KEYS[3]
local refused = {}
local function may(command, ...)
  local reply = redis.pcall(command, ...)
  local text = type(reply) == 'table' and reply['err'] and string.lower(reply['err'])
  if text and (string.find(text, "executing the script can't", 1, true) or string.find(text, 'noperm', 1, true)
      or string.find(text, 'no permissions', 1, true)) then
    refused[#refused + 1] = string.lower(command)
    return false
  end
  return true
end
may('TIME')
may('GET', lock)
may('MGET', lock)
may('EXISTS', lock)
may('PTTL', lock)
may('PEXPIRE', lock, 1000)
if may('DEL', lock) then
  may('SET', lock, 'check', 'PX', 1000)
  redis.pcall('DEL', lock)
end
may('LPOS', queue, 'check')
may('LREM', queue, 0, 'check')
may('LLEN', queue)
may('LINDEX', queue, 0)
if may('LPOP', queue) then
  may('RPUSH', queue, 'check')
  redis.pcall('LPOP', queue)
end
may('PUBLISH', ARGV[1], 'check')
return refused
