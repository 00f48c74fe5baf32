-- Replaces an order's record, if it is still the version that the change was made from, with all that follows from it.
-- KEYS: record, reports, ledger, balances, day, index, holds, todo, tally
-- ARGV: version, record, identity, group, entry, guarded, kind, lines, to do, tallied, epochs, new version, day, packed
--   lines, place in the index before and after, the next hold's mark and end; nothing where there is none or it stays
local record = redis.call('GET', KEYS[1])
local version = record and string.match(record, '^{"v":(%d+)') or '0'
if version ~= ARGV[1] then
  return {'CHANGED', record or ''}
end
for field, expected in string.gmatch(ARGV[11], '([^\n]+)\n(%d+)\n') do
  if (redis.call('HGET', KEYS[4], field) or '0') ~= expected then
    return {'CHANGED', record or ''}
  end
end
if ARGV[5] ~= '' and ARGV[9] == '' then
  local acknowledged = redis.call('XACK', KEYS[2], ARGV[4], ARGV[5])
  if acknowledged == 0 and ARGV[6] == '1' then
    return {'GONE', record or ''}
  end
end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[8] ~= '' then
  redis.call('XADD', KEYS[3], '*', 'k', ARGV[7], 'o', ARGV[3], 'v', ARGV[12], 'd', ARGV[13], 'p', ARGV[14])
  for book, field, delta in string.gmatch(ARGV[8], '(.)([^\n]*)\t(-?%d+)\n') do
    redis.call('HINCRBY', book == 'b' and KEYS[4] or KEYS[5], field, delta)
  end
end
if ARGV[15] ~= '' then
  unlist(KEYS[6], ARGV[15], ARGV[3])
end
if ARGV[16] ~= '' then
  list(KEYS[6], ARGV[16], ARGV[3])
end
if ARGV[17] ~= '' then
  hold(KEYS[7], ARGV[17], ARGV[18])
end
if ARGV[9] == '1' then
  -- The report stays pending until the losers are written; so would one whose losers give way to these.
  local due = redis.call('HGET', KEYS[8], ARGV[3])
  if due then
    redis.call('XACK', KEYS[2], ARGV[4], due)
  end
  redis.call('HSET', KEYS[8], ARGV[3], ARGV[5])
end
if ARGV[10] ~= '' then
  redis.call('HINCRBY', KEYS[9], ARGV[10], 1)
end
return {'DONE', ''}
