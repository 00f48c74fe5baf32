package io.influtrace.loadtest.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The requests themselves: clicks made beforehand by a Zipf spread over links, creators and agents, orders and pings made
 * when they are due from the tokens that earlier clicks brought. Belongs to one thread.
 */
final class Requests {

    private static final int PREPARED = 4_096;
    private static final String BROWSER = crlf("""
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-GB,en;q=0.9
            Accept-Encoding: gzip, deflate, br
            """);
    private static final String CUSTOM = "/api/v1/integrations/custom/";

    /** A click in so many bears a parameter of the network that it came through. */
    private static final int WITH_QUERY = 20;

    private final Shop shop;
    private final String run;
    private final RandomGenerator random;
    private final RecentTokens tokens;
    private final List<ByteBuf> clicks = new ArrayList<>();
    private final List<ByteBuf> bots = new ArrayList<>();
    private final ByteBuf pixel;
    private final ByteBuf pixelCached;
    private long orders;

    /**
     * All that can be made beforehand.
     *
     * @param run begins every order id, so that no run repeats another's orders
     * @param etag the pixel's, as a browser has kept it
     */
    Requests(Shop shop, String run, String etag, RecentTokens tokens, RandomGenerator random) {
        this.shop = shop;
        this.run = run;
        this.random = random;
        this.tokens = tokens;
        Zipf links = Zipf.of(shop.links());
        Zipf creators = Zipf.of(shop.creators());
        List<String> people = Agents.people();
        Zipf agents = Zipf.of(people.size());
        for (int i = 0; i < PREPARED; i++) {
            String path = "/p/" + shop.slug() + links.pick(random) + "/" + shop.handle() + creators.pick(random);
            String query = i % WITH_QUERY == 0 ? "?fbclid=IwAR" + i : "";
            clicks.add(get(path + query, people.get(agents.pick(random)), BROWSER));
            bots.add(get(path, Agents.bots().get(i % Agents.bots().size()), ""));
        }
        pixel = get(CUSTOM + "t.js", people.get(0), BROWSER);
        pixelCached = get(CUSTOM + "t.js", people.get(0), BROWSER + "If-None-Match: " + etag + "\r\n");
    }

    /** The bytes of one request, the caller's to write. */
    ByteBuf next(Kind kind) {
        return switch (kind) {
            case CLICK -> clicks.get(random.nextInt(PREPARED)).retainedDuplicate();
            case BOT -> bots.get(random.nextInt(PREPARED)).retainedDuplicate();
            case PIXEL -> pixel.retainedDuplicate();
            case PIXEL_CACHED -> pixelCached.retainedDuplicate();
            case PING -> post("ping", "{\"tokens\":[" + kept(1) + "]}");
            case ORDER -> post("orders", order());
        };
    }

    private String order() {
        int cents = 500 + random.nextInt(20_000);
        return "{\"orderId\":\"" + run + "-" + orders++ + "\",\"value\":\"" + cents / 100 + "." + cents % 100 / 10
                + cents % 10 + "\",\"currency\":\"USD\",\"tokens\":[" + kept(1 + random.nextInt(3)) + "]}";
    }

    private String kept(int most) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < most && !tokens.isEmpty(); i++) {
            list.append(i == 0 ? "\"" : ",\"").append(tokens.any(random)).append('"');
        }
        return list.toString();
    }

    private ByteBuf post(String call, String body) {
        return ascii("POST " + CUSTOM + shop.integration() + "/" + call + " HTTP/1.1\r\nHost: go.shop.example\r\n"
                + "Origin: " + shop.origin() + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static ByteBuf get(String target, String agent, String more) {
        return ascii("GET " + target + " HTTP/1.1\r\nHost: go.shop.example\r\nUser-Agent: " + agent + "\r\n" + more
                + "\r\n");
    }

    private static String crlf(String lines) {
        return lines.replace("\n", "\r\n");
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
