-- Notes why a pending touch will be a duplicate once its time is over; of several meetings the latest has the word.
-- KEYS: statuses, bucket, swept. ARGV: slot, ends, note, met at
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and not expired(KEYS[2], KEYS[3], ARGV[1], ARGV[2]) then
  local note = redis.call('HGET', KEYS[1], 'n' .. ARGV[1])
  if not note or tonumber(string.match(note, '^D\t(%d+)')) <= tonumber(ARGV[4]) then
    redis.call('HSET', KEYS[1], 'n' .. ARGV[1], ARGV[3])
  end
end
return 'DONE'
