-- Moves an entry that cannot be settled to the dead letters, once. KEYS: reports, dead letters, tally. ARGV: group, id, reason
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then
  return 0
end
local found = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])
if #found > 0 then
  local fields = found[1][2]
  for _, added in ipairs({'dead.reason', ARGV[3], 'dead.id', ARGV[2]}) do
    fields[#fields + 1] = added
  end
  redis.call('XADD', KEYS[2], '*', unpack(fields))
end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[3], 'dead.' .. ARGV[3], 1)
return 1
