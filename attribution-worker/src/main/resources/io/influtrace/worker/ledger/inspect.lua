-- What entries came since, and at that same instant orders with their places, or a hash that counts.
-- KEYS: ledger, hash, todo, index, holds, holds taken, record... ARGV: after, at most, "1" to read the hash, then for each order its name,
--   where the index should list it, and its next hold's mark and end; nothing where there is none
local tail = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
local orders, counters = {}, {}
if #tail < tonumber(ARGV[2]) then
  local pairs_of, taken = redis.call('HGETALL', KEYS[6]), {}
  for i = 1, #pairs_of, 2 do
    taken[pairs_of[i]] = pairs_of[i + 1]
  end
  for i = 7, #KEYS do
    local order, indexed, mark, ends = unpack(ARGV, 4 * i - 24, 4 * i - 21)
    orders[#orders + 1] = {
      redis.call('GET', KEYS[i]) or '', redis.call('HGET', KEYS[3], order) or '',
      indexed ~= '' and place(KEYS[4], indexed, order) or '', mark ~= '' and holds(KEYS[5], taken, mark, ends) and ends or ''
    }
  end
  if ARGV[3] == '1' then
    counters = redis.call('HGETALL', KEYS[2])
  end
end
return {tail, orders, counters}
