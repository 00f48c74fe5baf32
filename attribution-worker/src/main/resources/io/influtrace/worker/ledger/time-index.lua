-- Names by time, in chunks so small that Redis keeps them compact. The index itself lists where each chunk begins; what comes
-- before the first of them lies in the chunk 0. Names of one instant lie in one chunk, so an instant leads to its chunk.
local MOST = 64

local function chunk_of(index, at)
  local start = redis.call('ZREVRANGEBYSCORE', index, math.max(tonumber(at), 0), 0, 'LIMIT', 0, 1)[1]
  return start or '0', start
end

local function place(index, at, name)
  local start, known = chunk_of(index, at)
  return known and redis.call('ZSCORE', index .. ':' .. start, name)
end

local function split(index, chunk, name)
  local names = redis.call('ZRANGE', chunk, 0, -1, 'WITHSCORES')
  local size = #names / 2
  local function begins(i)
    return names[2 * i] ~= names[2 * i - 2] and tonumber(names[2 * i]) > 0
  end
  -- Time goes on, so most come last: then the full chunk keeps nearly all of its own.
  local wanted = redis.call('ZRANK', chunk, name) >= MOST * 7 / 8 and MOST * 7 / 8 or MOST / 2
  local cut = wanted + 1
  while cut <= size and not begins(cut) do
    cut = cut + 1
  end
  if cut > size then
    cut = wanted
    while not begins(cut) do
      cut = cut - 1
    end
  end
  local start = names[2 * cut]
  for i = cut, size do
    redis.call('ZADD', index .. ':' .. start, names[2 * i], names[2 * i - 1])
  end
  redis.call('ZREMRANGEBYRANK', chunk, cut - 1, -1)
  redis.call('ZADD', index, start, start)
end

local function list(index, at, name)
  local start, known = chunk_of(index, at)
  if not known then
    redis.call('ZADD', index, start, start)
  end
  local chunk = index .. ':' .. start
  redis.call('ZADD', chunk, at, name)
  if redis.call('ZCARD', chunk) > MOST then
    local first = redis.call('ZRANGE', chunk, 0, 0, 'WITHSCORES')
    local last = redis.call('ZRANGE', chunk, -1, -1, 'WITHSCORES')
    if tonumber(last[2]) > math.max(tonumber(first[2]), 0) then
      split(index, chunk, name)
    end
  end
end

local function unlist(index, at, name)
  local start = chunk_of(index, at)
  local chunk = index .. ':' .. start
  if redis.call('ZREM', chunk, name) == 1 and redis.call('EXISTS', chunk) == 0 then
    redis.call('ZREM', index, start)
  end
end
