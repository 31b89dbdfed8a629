-- What pcall returned, as an answer.
local function said(fine, reply)
  if fine then
    return reply
  end
  local text = string.gsub(type(reply) == 'table' and reply['err'] or tostring(reply), '%s', ' ')
  return '-' .. (string.find(text, '^%u+ ') and text or 'ERR ' .. text)
end

local function acquire_as_asked(question, lock, fence, queue)
  local lease, tokens, own, rest = string.match(question, '^a ([^ ]+) ([^ ]+) ([^ ]+) (.+)$')
  return acquire(lock, fence, queue, own, lease, tokens, rest)
end

local function release_as_asked(question, lock, queue)
  local rejoin, own, tag = string.match(question, '^r ([01]) ([^ ]+) (.+)$')
  return release(lock, queue, own, rejoin == '1', tag)
end

-- Most calls are one of these two, so they do not wait for the rest to be defined.
if #ARGV == 5 then
  local question = ARGV[5]
  local kind = string.sub(question, 1, 1)
  if kind == 'a' then
    return said(pcall(acquire_as_asked, question, KEYS[1], KEYS[2], KEYS[3]))
  elseif kind == 'r' then
    return said(pcall(release_as_asked, question, KEYS[1], KEYS[2]))
  end
end

