-- Takes a customer out of one page of a partition's reports and dead letters: settled reports go, dead letters stay without
-- the hash, and what waits to be settled is counted. KEYS: reports, dead letters. ARGV: hash, group, field, after (reports),
-- after (dead letters), page
local function id(text)
  local ms, seq = string.match(text, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end
local function names(fields)
  for i = 1, #fields, 2 do
    if fields[i] == ARGV[3] and fields[i + 1] == ARGV[1] then
      return true
    end
  end
  return false
end
local handed = '0-0'
if redis.call('EXISTS', KEYS[1]) == 1 then
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local facts = {}
    for i = 1, #group, 2 do
      facts[group[i]] = group[i + 1]
    end
    if facts['name'] == ARGV[2] then
      handed = facts['last-delivered-id']
    end
  end
end
local ms, seq = id(handed)
local waiting, letters, last, lastDead = 0, 0, '', ''
local reports = redis.call('XRANGE', KEYS[1], '(' .. ARGV[4], '+', 'COUNT', ARGV[6])
for _, entry in ipairs(reports) do
  last = entry[1]
  if names(entry[2]) then
    local entryMs, entrySeq = id(entry[1])
    local delivered = entryMs < ms or (entryMs == ms and entrySeq <= seq)
    local pending = delivered and #redis.call('XPENDING', KEYS[1], ARGV[2], entry[1], entry[1], 1) > 0
    if delivered and not pending then
      redis.call('XDEL', KEYS[1], entry[1])
    else
      waiting = waiting + 1
    end
  end
end
local dead = redis.call('XRANGE', KEYS[2], '(' .. ARGV[5], '+', 'COUNT', ARGV[6])
for _, entry in ipairs(dead) do
  lastDead = entry[1]
  if names(entry[2]) then
    local kept = {}
    for i = 1, #entry[2], 2 do
      if entry[2][i] ~= ARGV[3] then
        kept[#kept + 1] = entry[2][i]
        kept[#kept + 1] = entry[2][i + 1]
      end
    end
    redis.call('XADD', KEYS[2], '*', unpack(kept))
    redis.call('XDEL', KEYS[2], entry[1])
    letters = letters + 1
  end
end
return {tostring(waiting), tostring(letters), last, lastDead}
