-- Says that an order's losers are written: takes it off the list, unless it came anew, and acknowledges the report that it
-- came by. KEYS: todo, reports. ARGV: order, entry, group
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('XACK', KEYS[2], ARGV[3], ARGV[2])
end
return 'DONE'
