-- The place of an order among a creator's credited orders of the month. KEYS: month. ARGV: order
local place = redis.call('HGET', KEYS[1], ARGV[1])
if not place then
  place = redis.call('HLEN', KEYS[1]) + 1
  redis.call('HSET', KEYS[1], ARGV[1], place)
end
return tonumber(place)
