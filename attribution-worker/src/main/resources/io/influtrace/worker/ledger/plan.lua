-- Keeps whom a payout is to pay, the first time that its id is named. KEYS: payout, payouts. ARGV: id, at, plan
local known = redis.call('GET', KEYS[1])
if known then
  return known
end
redis.call('SET', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return ARGV[3]
