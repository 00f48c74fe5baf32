-- What put.lua does with a time index. KEYS: index. ARGV: name, time to leave or nothing, time to take or nothing
if ARGV[2] ~= '' then
  unlist(KEYS[1], ARGV[2], ARGV[1])
end
if ARGV[3] ~= '' then
  list(KEYS[1], ARGV[3], ARGV[1])
end
return 'DONE'
