-- True where a touch's window and grace had passed when its bucket, or without a row its partition, was last swept.
local function expired(bucket, swept, slot, ends)
  local row, clock = unpack(redis.call('HMGET', bucket, slot, 'w'))
  clock = tonumber(clock or '0')
  if not row then
    clock = math.max(clock, tonumber(redis.call('GET', swept) or '0'))
  end
  return clock > tonumber(ends)
end
