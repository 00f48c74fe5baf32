-- Writes one edit whole, or nothing where another edit came first.
-- KEYS: 1 the catalog's version, 2 the workers' stream, 3 the edges' stream, then every hash that the edit writes
-- ARGV: 1 the version that the edit was made from, 2 the edit for other workers, 3 how long both streams are kept,
--       4 how many versions; for each: index of its hash in KEYS, field, value;
--       then for each changed record: index of its table in KEYS, kind, key, record (empty = removed)
-- Returns the new version, or minus one less the present one.
local present = tonumber(redis.call('GET', KEYS[1]) or '0')
if present ~= tonumber(ARGV[1]) then
  return -1 - present
end
local at = 5
for _ = 1, tonumber(ARGV[4]) do
  redis.call('HSET', KEYS[tonumber(ARGV[at])], ARGV[at + 1], ARGV[at + 2])
  at = at + 3
end
while at <= #ARGV do
  local tab, kind, key, record = KEYS[tonumber(ARGV[at])], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  if record == '' then
    redis.call('HDEL', tab, key)
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', 'kind', kind, 'key', key)
  else
    redis.call('HSET', tab, key, record)
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', 'kind', kind, 'key', key, 'record', record)
  end
  at = at + 4
end
local version = redis.call('INCR', KEYS[1])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], version .. '-1', 'edit', ARGV[2])
return version
