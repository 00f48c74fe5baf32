-- Sweeps one bucket. KEYS: due, kept, bucket, statuses, tally. ARGV: member, window and grace in ms, clock
local clock = tonumber(ARGV[3])
local over = clock - tonumber(ARGV[2])
local swept, flushed = unpack(redis.call('HMGET', KEYS[3], 'w', 'f'))
local last = flushed and tonumber(string.match(flushed, ':(%d+)$')) or math.huge
if not swept and last < over and redis.call('EXISTS', KEYS[4]) == 0 then
  -- Nothing is said of any of its rows, and all are over: they need not be read.
  local first, rows = redis.call('ZSCORE', KEYS[1], ARGV[1]), redis.call('HLEN', KEYS[3]) - 1
  if first and rows > 0 then
    redis.call('HSET', KEYS[3], 'w', ARGV[3])
    redis.call('HINCRBY', KEYS[5], 'expired', rows)
    redis.call('ZREM', KEYS[1], ARGV[1])
    redis.call('ZADD', KEYS[2], first, ARGV[1])
    return rows
  end
end
local before = tonumber(swept or '0')
local counted = before - tonumber(ARGV[2])
local spoken, silent = {}, true
for _, field in ipairs(redis.call('HKEYS', KEYS[4])) do
  spoken[field], silent = true, false
end
local rows = redis.call('HGETALL', KEYS[3])
local first, open, count = math.huge, math.huge, 0
local unpack = struct.unpack
for i = 1, #rows, 2 do
  local slot = rows[i]
  if slot ~= 'f' and slot ~= 'w' then
    local at = unpack('>I6', rows[i + 1], 2)
    if at < first then
      first = at
    end
    if at >= over then
      if at < open then
        open = at
      end
    elseif at >= counted and (silent or not spoken[slot]) then
      count = count + 1
    end
  end
end
if first < math.huge and clock > before then
  redis.call('HSET', KEYS[3], 'w', ARGV[3])
end
if count > 0 then
  redis.call('HINCRBY', KEYS[5], 'expired', count)
end
if open < math.huge then
  redis.call('ZADD', KEYS[1], string.format('%.0f', open), ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
  if first < math.huge then
    redis.call('ZADD', KEYS[2], string.format('%.0f', first), ARGV[1])
  end
end
return count
