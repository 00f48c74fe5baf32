-- What a time index lists within a span, a whole chunk at a time until there is enough: the next chunk's beginning or nothing,
-- then names and times in turn. KEYS: index. ARGV: from, until, enough, "1" for the newest first
local newest = ARGV[4] == '1'
local found = {''}
local start = chunk_of(KEYS[1], newest and ARGV[2] or ARGV[1])
while start do
  local chunk = KEYS[1] .. ':' .. start
  local names = newest and redis.call('ZREVRANGEBYSCORE', chunk, ARGV[2], ARGV[1], 'WITHSCORES')
    or redis.call('ZRANGEBYSCORE', chunk, ARGV[1], ARGV[2], 'WITHSCORES')
  for i = 1, #names do
    found[#found + 1] = names[i]
  end
  local over = newest and tonumber(start) <= tonumber(ARGV[1])
  local following = newest and redis.call('ZREVRANGEBYSCORE', KEYS[1], '(' .. start, 0, 'LIMIT', 0, 1)
    or redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. start, ARGV[2], 'LIMIT', 0, 1)
  start = not over and following[1]
  if start and #found > 2 * tonumber(ARGV[3]) then
    found[1] = start
    break
  end
end
return found
