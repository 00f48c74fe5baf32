-- Acknowledges an entry and counts what it came to, once. KEYS: reports, tally. ARGV: group, entry, tallied
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('HINCRBY', KEYS[2], ARGV[3], 1)
end
return 'DONE'
