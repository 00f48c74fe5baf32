-- Sets counters to what the ledger says, if it still ends where they were added up. KEYS: ledger, hash.
-- ARGV: last entry, then field, value, field, value...
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if (newest and newest[1] or '0-0') ~= ARGV[1] then
  return 'MOVED'
end
for i = 2, #ARGV, 2 do
  if ARGV[i + 1] == '0' then
    redis.call('HDEL', KEYS[2], ARGV[i])
  else
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  end
end
return 'DONE'
