-- A prefetched click turns out to be a person's. KEYS: statuses, counts. ARGV: slot, counter
if redis.call('HSETNX', KEYS[1], 'p' .. ARGV[1], '1') == 1 then
  redis.call('HINCRBY', KEYS[2], ARGV[2] .. '.4', -1)
  redis.call('HINCRBY', KEYS[2], ARGV[2] .. '.0', 1)
end
return 'DONE'
