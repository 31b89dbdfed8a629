if string.sub(ARGV[5], 1, 2) == 'k ' and #KEYS > 2 then
  local fine, reply = pcall(keep_all, ARGV[5])
  if fine and reply then
    return reply
  end
end
local answers = {a = acquire, e = renew, k = keep, r = release, w = withdraw}
local replies, key = {}, 1
for question in string.gmatch(ARGV[5], '[^\n]+') do
  local kind = string.sub(question, 1, 1)
  local lock, queue, fence = KEYS[key], KEYS[key + 1], nil
  key = key + 2
  if kind == 'a' or kind == 'e' then
    queue, fence, key = KEYS[key], queue, key + 1
  end
  local fine, reply = pcall(answers[kind], question, lock, queue, fence)
  if not fine then
    local text = string.gsub(type(reply) == 'table' and reply['err'] or tostring(reply), '%s', ' ')
    reply = '-' .. (string.find(text, '^%u+ ') and text or 'ERR ' .. text)
  end
  replies[#replies + 1] = reply
end
return table.concat(replies, '\n')
