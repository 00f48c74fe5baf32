-- What entries came since, and at that same instant orders with their places, or a hash that counts.
-- KEYS: ledger, hash, todo, index, holds, record... ARGV: after, at most, "1" to read the hash, then for each order its name
--   and where the index and the holds should list it, nothing where they should not
local tail = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
local orders, counters = {}, {}
if #tail < tonumber(ARGV[2]) then
  for i = 6, #KEYS do
    local order, indexed, held = ARGV[3 * i - 14], ARGV[3 * i - 13], ARGV[3 * i - 12]
    orders[#orders + 1] = {
      redis.call('GET', KEYS[i]) or '', redis.call('HGET', KEYS[3], order) or '',
      indexed ~= '' and place(KEYS[4], indexed, order) or '', held ~= '' and place(KEYS[5], held, order) or ''
    }
  end
  if ARGV[3] == '1' then
    counters = redis.call('HGETALL', KEYS[2])
  end
end
return {tail, orders, counters}
