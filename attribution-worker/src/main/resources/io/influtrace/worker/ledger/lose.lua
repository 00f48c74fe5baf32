-- Gives a pending touch its final state. KEYS: statuses, bucket, swept. ARGV: slot, ends, status
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and not expired(KEYS[2], KEYS[3], ARGV[1], ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 'DONE'
