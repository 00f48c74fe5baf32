-- Takes an order out of a place where its record does not want it; its version must stand, none is 0.
-- KEYS: index, record. ARGV: order, at, version
local record = redis.call('GET', KEYS[2])
if (record and string.match(record, '^{"v":(%d+)') or '0') ~= ARGV[3] then
  return 'MOVED'
end
unlist(KEYS[1], ARGV[2], ARGV[1])
return 'DONE'
