-- Takes an order off the list of those whose losers are to be written, unless it came anew. KEYS: todo. ARGV: order, version
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 'DONE'
