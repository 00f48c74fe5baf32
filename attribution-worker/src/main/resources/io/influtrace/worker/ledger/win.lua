-- Converts a touch for an order, or says why not. KEYS: statuses, bucket, swept. ARGV: slot, ends, order, version, now
local status, void = unpack(redis.call('HMGET', KEYS[1], ARGV[1], 't' .. ARGV[1]))
if void then
  local order, version = string.match(void, '^(.*)\t(%d+)$')
  if order == ARGV[3] and tonumber(ARGV[4]) <= tonumber(version) then
    return 'SUPERSEDED'
  end
end
if status then
  local kind = string.sub(status, 1, 1)
  if kind == 'C' then
    local orders = string.match(status, '^C\t%d+(.*)$')
    local _, count = string.gsub(orders, '\t', '')
    if count < 50 and not string.find(orders .. '\t', '\t' .. ARGV[3] .. '\t', 1, true) then
      redis.call('HSET', KEYS[1], ARGV[1], status .. '\t' .. ARGV[3])
    end
    return 'WON'
  end
  return kind == 'R' and status or 'SUPERSEDED'
end
if expired(KEYS[2], KEYS[3], ARGV[1], ARGV[2]) then
  return 'EXPIRED'
end
redis.call('HSET', KEYS[1], ARGV[1], 'C\t' .. ARGV[5] .. '\t' .. ARGV[3])
return 'WON'
