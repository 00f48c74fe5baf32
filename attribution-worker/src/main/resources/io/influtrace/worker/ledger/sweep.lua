-- Sweeps one bucket. KEYS: due, kept, bucket, statuses, tally. ARGV: member, window and grace in ms, clock
local rows = redis.call('HGETALL', KEYS[3])
local spoken = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[4])) do
  spoken[field] = true
end
local clock, span, before = tonumber(ARGV[3]), tonumber(ARGV[2]), 0
local first, open, count = nil, nil, 0
local times = {}
for i = 1, #rows, 2 do
  local slot, row = rows[i], rows[i + 1]
  if slot == 'w' then
    before = tonumber(row)
  elseif slot ~= 'f' then
    local a, b, c, d, e, f = string.byte(row, 2, 7)
    times[slot] = ((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 256 + f
  end
end
for slot, at in pairs(times) do
  first = math.min(first or at, at)
  if at + span >= clock then
    open = math.min(open or at, at)
  elseif at + span >= before and not spoken[slot] then
    count = count + 1
  end
end
if first and clock > before then
  redis.call('HSET', KEYS[3], 'w', ARGV[3])
end
if count > 0 then
  redis.call('HINCRBY', KEYS[5], 'expired', count)
end
if open then
  redis.call('ZADD', KEYS[1], string.format('%.0f', open), ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  if first then
    redis.call('ZADD', KEYS[2], string.format('%.0f', first), ARGV[1])
  end
end
return count
