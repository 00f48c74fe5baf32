-- Takes back what a replaced version of an undone decision converted, and bars that version from doing it again.
-- KEYS: statuses. ARGV: slot, order, version
redis.call('HSET', KEYS[1], 't' .. ARGV[1], ARGV[2] .. '\t' .. ARGV[3])
local status = redis.call('HGET', KEYS[1], ARGV[1])
if status and string.sub(status, 1, 1) == 'C' then
  local head, orders = string.match(status, '^(C\t%d+)(.*)$')
  local from, to = string.find(orders .. '\t', '\t' .. ARGV[2] .. '\t', 1, true)
  if from then
    local rest = string.sub(orders, 1, from - 1) .. string.sub(orders, to)
    if rest == '' then
      redis.call('HDEL', KEYS[1], ARGV[1])
    else
      redis.call('HSET', KEYS[1], ARGV[1], head .. rest)
    end
  end
end
return 'DONE'
