-- What pcall returned, as an answer.
local function said(fine, reply)
  if fine then
    return reply
  end
  local text = string.gsub(type(reply) == 'table' and reply['err'] or tostring(reply), '%s', ' ')
  return '-' .. (string.find(text, '^%u+ ') and text or 'ERR ' .. text)
end

-- Most calls are one of these two, so they do not wait for the rest to be defined.
if #ARGV == 5 then
  local question = ARGV[5]
  local kind = string.sub(question, 1, 1)
  if kind == 'a' then
    return said(pcall(acquire, question, KEYS[1], KEYS[2], KEYS[3]))
  elseif kind == 'r' then
    return said(pcall(release, question, KEYS[1], KEYS[2]))
  end
end

