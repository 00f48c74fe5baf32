-- Takes what a partition's marks say has ended; answers all that is taken and not yet approved: mark@from, until, and so on,
-- from inclusive, until exclusive. KEYS: marks, taken. ARGV: now, at most, milliseconds of a day, of an hour
local now = tonumber(ARGV[1])
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #due, 2 do
  local hour, days = string.match(due[i], '^(-?%d+):(%d+)$')
  local over = (tonumber(hour) + 1) * tonumber(ARGV[4]) + tonumber(days) * tonumber(ARGV[3])
  local till = string.format('%.0f', math.min(now + 1, over))
  redis.call('HSET', KEYS[2], due[i] .. '@' .. due[i + 1], till)
  if now < over then
    redis.call('ZADD', KEYS[1], till, due[i])
  else
    redis.call('ZREM', KEYS[1], due[i])
  end
end
return redis.call('HGETALL', KEYS[2])
