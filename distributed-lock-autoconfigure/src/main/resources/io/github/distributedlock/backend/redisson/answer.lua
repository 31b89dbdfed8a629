local function answer(kind, question, lock, second, third)
  if kind == 'a' then
    return acquire_as_asked(question, lock, second, third)
  elseif kind == 'r' then
    return release_as_asked(question, lock, second)
  elseif kind == 'e' then
    return renew(question, lock, second, third)
  elseif kind == 'w' then
    return withdraw(question, lock, second)
  end
  local lease, own = string.match(question, '^k ([^ ]+) ([^ ]+)$')
  return keep(lease, own, lock)
end

local kept_for, many = string.match(ARGV[5], '^m ([^ ]+) ([^ ]+)$')
if kept_for then
  many = tonumber(many)
  local fine, reply = pcall(keep_many, kept_for, many)
  if fine and reply then
    replies[1] = reply
  else
    for i = 1, many do
      replies[i] = said(pcall(keep, kept_for, ARGV[5 + i], KEYS[i]))
    end
  end
  key, from = many + 1, many + 6
end
for i = from, #ARGV do
  local kind = string.sub(ARGV[i], 1, 1)
  local reply = said(pcall(answer, kind, ARGV[i], KEYS[key], KEYS[key + 1], KEYS[key + 2]))
  replies[#replies + 1] = reply
  key = key + ((kind == 'a' or kind == 'e') and 3 or kind == 'k' and 1 or 2)
end
return table.concat(replies, '\n')
