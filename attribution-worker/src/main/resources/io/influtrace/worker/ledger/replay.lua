-- Puts a dead letter back into its stream, once. KEYS: dead letters, reports, tally. ARGV: id
local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if #found == 0 then
  return 0
end
local fields, reason = {}, 'unknown'
for i = 1, #found[1][2], 2 do
  local name, value = found[1][2][i], found[1][2][i + 1]
  if name == 'dead.reason' then
    reason = value
  elseif string.sub(name, 1, 5) ~= 'dead.' then
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
end
redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XDEL', KEYS[1], ARGV[1])
redis.call('HINCRBY', KEYS[3], 'replayed.' .. reason, 1)
return 1
