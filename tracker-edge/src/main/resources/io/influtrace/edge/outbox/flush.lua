-- One flush of one writer, applied once: the anchor's field f holds the last flush number that touched it.
-- KEYS: anchor, {bucket, due index} for each bucket, counter hashes, visitor sets, table of unknown handles.
-- ARGV: flush number, time of the last click, then each section with its count in front.
local stored = redis.call('HGET', KEYS[1], 'f')
if stored and tonumber(string.match(stored, '^%d+')) >= tonumber(ARGV[1]) then
  return 0
end
local f = ARGV[1] .. ':' .. ARGV[2]
local k, a = 2, 3

local function count()
  a = a + 1
  return tonumber(ARGV[a - 1])
end

local buckets = count()
if buckets == 0 then
  -- Nothing but counters: the guard goes by itself. Eight days are longer than any journal waits.
  redis.call('HSET', KEYS[1], 'f', f)
  redis.call('EXPIRE', KEYS[1], 691200)
end
for _ = 1, buckets do
  local n = count()
  redis.call('ZADD', KEYS[k + 1], 'NX', ARGV[a], ARGV[a + 1])
  redis.call('HSET', KEYS[k], 'f', f, unpack(ARGV, a + 2, a + 1 + n))
  k, a = k + 2, a + 2 + n
end

for _ = 1, count() do
  for _ = 1, count() do
    redis.call('HINCRBY', KEYS[k], ARGV[a], ARGV[a + 1])
    a = a + 2
  end
  k = k + 1
end

for _ = 1, count() do
  local n = count()
  redis.call('PFADD', KEYS[k], unpack(ARGV, a, a + n - 1))
  k, a = k + 1, a + n
end

local unknown = count()
local bound = unknown > 0 and count() or 0
for _ = 1, unknown do
  if redis.call('HLEN', KEYS[k]) < bound or redis.call('HEXISTS', KEYS[k], ARGV[a]) == 1 then
    redis.call('HINCRBY', KEYS[k], ARGV[a], ARGV[a + 1])
  end
  a = a + 2
end
return 1
