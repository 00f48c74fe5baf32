-- Orders with ids of their own and one click token each; a run's ids begin with its own time.
local run = os.time() .. "-" .. tostring(os.clock()):gsub("%.", "")
local headers = {
  ["Host"] = "go.shop.example",
  ["Origin"] = "https://shop.example.com",
  ["Content-Type"] = "text/plain",
  ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
}
local number = 0
local token = string.rep("A", 54)
function request()
  number = number + 1
  return wrk.format("POST", nil, headers,
    '{"orderId":"' .. run .. "-" .. number .. '","value":"79.00","currency":"USD","tokens":["' .. token .. '"]}')
end
