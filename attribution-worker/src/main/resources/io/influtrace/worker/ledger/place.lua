-- What a time index says of an order at one instant, and the order's record. KEYS: index, record. ARGV: order, at
return {place(KEYS[1], ARGV[2], ARGV[1]) or '', redis.call('GET', KEYS[2]) or ''}
