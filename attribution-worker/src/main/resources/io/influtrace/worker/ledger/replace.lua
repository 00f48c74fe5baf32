-- Puts an order back where its record says, and what the ledger lacks of it into the ledger; its version must stand.
-- KEYS: ledger, index, holds, record. ARGV: order, version, last entry, indexed, held or nothing, day, lines
local record = redis.call('GET', KEYS[4])
if not record or string.match(record, '^{"v":(%d+)') ~= ARGV[2] then
  return 'MOVED'
end
if ARGV[7] ~= '' then
  local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
  if (newest and newest[1] or '0-0') ~= ARGV[3] then
    return 'MOVED'
  end
  redis.call('XADD', KEYS[1], '*', 'k', 'correct', 'o', ARGV[1], 'v', ARGV[2], 'd', ARGV[6], 'p', ARGV[7])
end
list(KEYS[2], ARGV[4], ARGV[1])
if ARGV[5] ~= '' then
  list(KEYS[3], ARGV[5], ARGV[1])
end
return 'DONE'
