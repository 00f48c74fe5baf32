-- Takes a visitor out of a bucket's rows. KEYS: bucket. ARGV: the visitor's eight bytes in hexadecimal
local visitor = string.gsub(ARGV[1], '..', function(byte) return string.char(tonumber(byte, 16)) end)
local rows, count = redis.call('HGETALL', KEYS[1]), 0
for i = 1, #rows, 2 do
  local row = rows[i + 1]
  if #row == 23 and string.sub(row, 16) == visitor then
    redis.call('HSET', KEYS[1], rows[i], string.sub(row, 1, 15) .. string.rep('\0', 8))
    count = count + 1
  end
end
return count
