-- Says whether an order may use a limited code. KEYS: uses, once. ARGV: order, limit or -1, customer or nothing
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
  return 1
end
local limit = tonumber(ARGV[2])
if limit >= 0 and redis.call('HLEN', KEYS[1]) >= limit then
  return 0
end
if ARGV[3] ~= '' then
  local order = redis.call('HGET', KEYS[2], ARGV[3])
  if order and order ~= ARGV[1] then
    return 0
  end
  redis.call('HSET', KEYS[2], ARGV[3], ARGV[1])
end
redis.call('HSET', KEYS[1], ARGV[1], '1')
return 1
