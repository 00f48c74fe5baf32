-- How far one partition's orders are behind.
-- KEYS: order stream, dead letters. ARGV: group, the most that is counted one by one.
-- Answers: entries undelivered, entries pending, receipt (ms) of the oldest of both or -1, dead letters.
local dead = redis.call('XLEN', KEYS[2])
if redis.call('EXISTS', KEYS[1]) == 0 then
    return {0, 0, -1, dead}
end
local last, pending, lag = '0-0', 0, false
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
    local group = {}
    for i = 1, #flat, 2 do
        group[flat[i]] = flat[i + 1]
    end
    if group['name'] == ARGV[1] then
        last, pending, lag = group['last-delivered-id'], group['pending'], group['lag']
    end
end
-- Redis 7 keeps the lag, 6.2 does not.
local waiting = lag or #redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', ARGV[2])
local oldest = {}
if pending > 0 then
    local first = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1)
    if #first > 0 then
        oldest = redis.call('XRANGE', KEYS[1], first[1][1], first[1][1])
    end
end
if #oldest == 0 then
    oldest = redis.call('XRANGE', KEYS[1], '(' .. last, '+', 'COUNT', 1)
end
if #oldest == 0 then
    return {waiting, pending, -1, dead}
end
-- The entry's own receipt; of a poison entry that has none, when it was written.
local since = tonumber(string.match(oldest[1][1], '^%d+'))
local fields = oldest[1][2]
for i = 1, #fields, 2 do
    if fields[i] == 'rx' then
        since = tonumber(fields[i + 1]) or since
    end
end
return {waiting, pending, since, dead}
