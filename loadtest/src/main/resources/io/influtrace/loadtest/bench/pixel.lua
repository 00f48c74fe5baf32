-- A shop's page asks for the pixel.
wrk.headers["Host"] = "go.shop.example"
wrk.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
wrk.headers["Accept"] = "*/*"
wrk.headers["Accept-Encoding"] = "gzip"
wrk.headers["Referer"] = "https://shop.example.com/"
