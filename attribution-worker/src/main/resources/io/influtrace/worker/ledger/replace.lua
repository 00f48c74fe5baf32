-- Puts an order back where its record says, and what the ledger lacks of it into the ledger; its version must stand.
-- KEYS: ledger, index, holds, record. ARGV: order, version, last entry, indexed, day, lines, then the next hold's
--   mark and end, or nothing
local record = redis.call('GET', KEYS[4])
if not record or string.match(record, '^{"v":(%d+)') ~= ARGV[2] then
  return 'MOVED'
end
if ARGV[6] ~= '' then
  local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
  if (newest and newest[1] or '0-0') ~= ARGV[3] then
    return 'MOVED'
  end
  redis.call('XADD', KEYS[1], '*', 'k', 'correct', 'o', ARGV[1], 'v', ARGV[2], 'd', ARGV[5], 'p', ARGV[6])
end
list(KEYS[2], ARGV[4], ARGV[1])
if ARGV[7] ~= '' then
  hold(KEYS[3], ARGV[7], ARGV[8])
end
return 'DONE'
