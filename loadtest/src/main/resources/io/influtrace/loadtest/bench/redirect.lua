-- Creators by Zipf's law, each with three links of her own (the first in most of her posts), six real browsers' agents,
-- one request in twenty with a query of its own.
local agents = {
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.28.85",
}
local requests = {}
local count = 4096

local upTo, sum = {}, 0
for rank = 1, 1000 do
  sum = sum + 1 / rank
  upTo[rank] = sum
end

local function zipf()
  local at, low, high = math.random() * sum, 1, 1000
  while low < high do
    local middle = math.floor((low + high) / 2)
    if upTo[middle] < at then low = middle + 1 else high = middle end
  end
  return low - 1
end

function init(args)
  math.randomseed(42)
  for i = 1, count do
    local creator = zipf()
    local link = (creator * 7 + math.floor(math.random() ^ 3 * 3)) % 100
    local path = "/p/link-" .. link .. "/creator" .. creator
    if i % 20 == 0 then
      path = path .. "?fbclid=IwAR0" .. i
    end
    requests[i] = wrk.format("GET", path, {
      ["Host"] = "go.shop.example",
      ["User-Agent"] = agents[i % #agents + 1],
      ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      ["Accept-Language"] = "en-GB,en;q=0.9",
      ["Accept-Encoding"] = "gzip, deflate, br",
    })
  end
end

local next = 0
function request()
  next = next % count + 1
  return requests[next]
end
