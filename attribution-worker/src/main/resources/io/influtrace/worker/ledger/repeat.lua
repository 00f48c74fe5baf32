-- A human click turns out to repeat an earlier one. KEYS: statuses, bucket, swept, counts. ARGV: slot, ends, status, counter
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and not expired(KEYS[2], KEYS[3], ARGV[1], ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('HINCRBY', KEYS[4], ARGV[4] .. '.0', -1)
  redis.call('HINCRBY', KEYS[4], ARGV[4] .. '.1', 1)
end
return 'DONE'
