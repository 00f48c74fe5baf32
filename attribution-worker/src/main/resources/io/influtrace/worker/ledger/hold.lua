-- Of the orders of one hour that one length of hold keeps back, the earliest end that may still be unapproved: one mark for
-- all of them. A mark may lie too early, never too late; what was taken to be approved is covered until that is done.
local function hold(marks, mark, ends)
  local known = redis.call('ZSCORE', marks, mark)
  if not known or tonumber(ends) < tonumber(known) then
    redis.call('ZADD', marks, ends, mark)
  end
end

local function holds(marks, taken, mark, ends)
  local known = redis.call('ZSCORE', marks, mark)
  if known and tonumber(known) <= tonumber(ends) then
    return true
  end
  for field, till in pairs(taken) do
    local of, from = string.match(field, '^(.*)@(-?%d+)$')
    if of == mark and tonumber(from) <= tonumber(ends) and tonumber(ends) < tonumber(till) then
      return true
    end
  end
  return false
end
