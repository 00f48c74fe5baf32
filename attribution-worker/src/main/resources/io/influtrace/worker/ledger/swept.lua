-- Moves a partition's sweep clock forward, never back. KEYS: swept. ARGV: clock
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 'DONE'
