-- How a touch stands: 1 or 0 for confirmed, 1 or 0 for over, its status. KEYS: statuses, bucket, swept. ARGV: slot, ends
local status, confirmed = unpack(redis.call('HMGET', KEYS[1], ARGV[1], 'p' .. ARGV[1]))
local over = expired(KEYS[2], KEYS[3], ARGV[1], ARGV[2])
return (confirmed and '1' or '0') .. (over and '1' or '0') .. (status or '')
