package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.ChildEdge;
import io.influtrace.edge.OneShop;
import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.hostile.RawSocket;
import io.influtrace.protocol.redis.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a shopper leaves behind, looked for in every byte that Redis, the data folder and the log ever got. */
final class PrivacyTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SHOP = OneShop.ORIGIN;
    private static final String ADDRESS = "203.0.113.77";
    private static final String ADDRESS_BYTES = "\u00cb\0qM";
    private static final String AGENT = "Marked-Agent/9.9";
    private static final String PERSON = "marked.person";
    private static final String SECRET = "marked-secret";
    private static final String FORGED = "%0d%0aat=forged%20level=ERROR";
    private static final String PIXEL = "POST /api/v1/integrations/custom/shop/";

    @Test
    void addressAgentEmailAndSecretsAreWrittenNowhereAndNoLogLineIsForged() throws Exception {
        OneShop.open(REDIS, "shop");
        Path data;
        String log;
        try (ChildEdge edge = ChildEdge.start(Map.of("REDIS_URL", REDIS.url(), "TRUSTED_PROXIES", "127.0.0.1"))) {
            int port = edge.port();
            data = edge.data();
            traffic(port);
            Await.until(
                    "the click is kept", () -> !REDIS.text("KEYS", "*c:30:*").equals("[]"));
            edge.stop();
            log = edge.log();
        }
        assertThat(log).contains("edge=stopping").doesNotContain(ADDRESS, AGENT, PERSON, SECRET);
        assertThat(log.lines()).noneMatch(line -> line.startsWith("at=forged"));
        assertThat(written(REDIS.folder())).contains("marked-order").doesNotContain(marks());
        assertThat(written(data)).contains("spring").doesNotContain(marks());
        assertThat(REDIS.number("EXISTS", Keys.EDGE_LINKS)).isEqualTo(1);
    }

    private static CharSequence[] marks() {
        return new CharSequence[] {ADDRESS, ADDRESS_BYTES, AGENT, PERSON, SECRET};
    }

    private static void traffic(int port) throws IOException {
        String order =
                "{\"orderId\":\"marked-order\",\"value\":1,\"currency\":\"USD\",\"customer\":{\"email\":\"%s@mail.example\"}}"
                        .formatted(PERSON);
        List<String> requests = List.of(
                get("/p/spring"),
                get("/p/spring/nobody"),
                get("/p/spring/" + FORGED),
                get("/p/" + FORGED),
                get("/p/spring?a=" + FORGED),
                get("/nothing" + FORGED),
                get("/t.js"),
                post(PIXEL + "orders", order, SHOP),
                post(PIXEL + "orders", order, "https://evil.example"),
                post(PIXEL + "orders", order.replace("USD", "%0d%0aat=forged"), SHOP),
                post(PIXEL + "orders", order.replace("{\"order", "{{\"order"), SHOP),
                post(PIXEL + "ping", "{}", SHOP),
                post(PIXEL + "surveys", "{\"orderId\":\"marked-order\",\"creator\":\"ava\"}", SHOP),
                post("POST /api/v1/conversions", order, SHOP),
                post("POST /api/v1/refunds", order, SHOP));
        for (String request : requests) {
            try (RawSocket shopper = RawSocket.to(port)) {
                shopper.say(request);
                assertThat(shopper.isHungUpOn()).isTrue();
                assertThat(shopper.statuses()).as(request).hasSize(1);
            }
        }
    }

    private static String get(String path) {
        return head("GET " + path) + "\r\n";
    }

    private static String post(String line, String body, String origin) {
        return head(line) + "Origin: " + origin + "\r\nContent-Type: text/plain\r\nAuthorization: Bearer " + SECRET
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String head(String line) {
        return line + " HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nX-Forwarded-For: " + ADDRESS + "\r\nUser-Agent: "
                + AGENT + "\r\n";
    }

    // All files of a folder as one text of bytes; Redis's append-only file holds every write there ever was.
    private static String written(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
