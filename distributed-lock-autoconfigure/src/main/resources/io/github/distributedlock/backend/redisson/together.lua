-- The lines of a text, each of which ends with a line feed.
local function lines(text)
  local all = {}
  for line in string.gmatch(text, '[^\n]+') do
    all[#all + 1] = line
  end
  return all
end

-- Questions to acquire, all with one lease and number of tokens, and to release without
-- rejoining: 't lease-ms tokens how-many-acquire how-many-release', then the owners, a line
-- each, then what else each says ('interested tag' or 'tag'), likewise.
-- KEYS: the fences and the locks of those that acquire, the locks of those that release, and
--       the queues of all.
-- Few commands answer all whose lock is free, or held by those who release it, and that no node
-- waits for: fills in replies. What has no reply afterwards is asked one by one. That repeats no
-- grant and no release; a fence may have risen for nothing.
local function together(replies, owners, lease, tokens, acquires, all)
  local records = call('MGET', unpack(KEYS, 1, acquires + all))
  local busy = {}
  if call('EXISTS', unpack(KEYS, acquires + all + 1, acquires + 2 * all)) > 0 then
    for i = 1, all do
      busy[i] = try('LLEN', KEYS[acquires + all + i]) ~= 0
    end
  end
  local freed = {}
  for i = acquires + 1, all do
    if records[acquires + i] == owners[i] and not busy[i] then
      freed[#freed + 1] = KEYS[acquires + i]
      replies[i] = '1'
    end
  end
  if #freed > 0 then
    local deleted = try('DEL', unpack(freed))
    if type(deleted) ~= 'number' then
      for i = acquires + 1, all do
        replies[i] = nil
      end
      return
    end
  end
  if acquires == 0 then
    return
  end
  local clock = now()
  local last_text = tokens == '1' and moment_text or string.format('%.0f', clock + tonumber(tokens) - 1)
  local granted = '1 ' .. moment_text .. ' ' .. tokens .. ' 0'
  for i = 1, acquires do
    local stored = records[i]
    local last = tonumber(stored or '0')
    local fine = last and last >= 0 and last < clock and math.floor(last) == last
    if fine and not records[acquires + i] and not busy[i] then
      -- MGET says nothing for a record of another type, too: NX leaves that one alone.
      local kept
      if stored then
        kept = try('SET', KEYS[i], last_text, 'PX', FENCE_RETENTION)
      else
        kept = try('SET', KEYS[i], last_text, 'PX', FENCE_RETENTION, 'NX')
      end
      if kept and not kept['err'] then
        kept = try('SET', KEYS[acquires + i], owners[i], 'PX', lease, 'NX')
      end
      if kept and not kept['err'] then
        replies[i] = granted
      end
    end
  end
end

local replies, key, from = {}, 1, 5
local lease, tokens, acquires, releases = string.match(ARGV[5], '^t ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+)$')
if lease then
  acquires = tonumber(acquires)
  local all = acquires + tonumber(releases)
  local owners, rests = lines(ARGV[6]), nil
  pcall(together, replies, owners, lease, tokens, acquires, all)
  for i = 1, all do
    if not replies[i] then
      rests = rests or lines(ARGV[7])
      local lock, queue = KEYS[acquires + i], KEYS[acquires + all + i]
      if i <= acquires then
        replies[i] = said(pcall(acquire, lock, KEYS[i], queue, owners[i], lease, tokens, rests[i]))
      else
        replies[i] = said(pcall(release, lock, queue, owners[i], false, rests[i]))
      end
    end
  end
  key, from = acquires + 2 * all + 1, 8
  if from > #ARGV then
    return table.concat(replies, '\n')
  end
end

