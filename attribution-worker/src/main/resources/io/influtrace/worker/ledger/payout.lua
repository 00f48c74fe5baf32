-- Pays what a partition owes a creator, once an id. KEYS: balances, ledger, payouts. ARGV: id, creator TAB currency, at
local name = ARGV[1] .. '\t' .. ARGV[2]
local paid = redis.call('HGET', KEYS[3], name)
if paid then
  return paid
end
local approved = redis.call('HGET', KEYS[1], ARGV[2] .. '\tapproved') or '0'
local adjusted = redis.call('HGET', KEYS[1], ARGV[2] .. '\tadjusted') or '0'
local lines = {}
local owed = '0'
redis.call('HSET', KEYS[3], name, '0')
for state, amount in pairs({approved = approved, adjusted = adjusted}) do
  if amount ~= '0' then
    local back = string.sub(amount, 1, 1) == '-' and string.sub(amount, 2) or '-' .. amount
    redis.call('HINCRBY', KEYS[1], ARGV[2] .. '\t' .. state, back)
    redis.call('HINCRBY', KEYS[1], ARGV[2] .. '\tpaid', amount)
    redis.call('HINCRBY', KEYS[3], name, amount)
    lines[#lines + 1] = 'b' .. ARGV[2] .. '\t' .. state .. '\t' .. back .. '\n'
    lines[#lines + 1] = 'b' .. ARGV[2] .. '\tpaid\t' .. amount .. '\n'
  end
end
if #lines > 0 then
  redis.call('HINCRBY', KEYS[1], ARGV[2] .. '\tepoch', 1)
  redis.call('XADD', KEYS[2], '*', 'k', 'payout', 'o', ARGV[1], 'at', ARGV[3], 'p', table.concat(lines))
end
return redis.call('HGET', KEYS[3], name)
