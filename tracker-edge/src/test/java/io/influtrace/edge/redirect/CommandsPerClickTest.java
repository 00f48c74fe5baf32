package io.influtrace.edge.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Under load a click costs Redis a tenth of a command at most, by Redis's own count. */
final class CommandsPerClickTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final int BROWSERS = 8;
    private static final int CLICKS_EACH = 200;
    private static final int WAVES = 4;
    private static final Pattern CALLS = Pattern.compile("cmdstat_([a-z|]+):calls=([0-9]+)");

    /** What the flush's script calls within Redis, and this test itself; nothing else comes but from the edge. */
    private static final Set<String> NOT_SENT =
            Set.of("hget", "hset", "zadd", "hincrby", "pfadd", "expire", "hlen", "hexists", "info");

    @Test
    void thousandsOfClicksTakeOneCommandForTenOfThemAtMost() throws Exception {
        RunningEdge.publish(REDIS, Kind.CREATOR, "ava", "7");
        RunningEdge.publish(
                REDIS,
                Kind.LINK,
                "spring",
                RunningEdge.link("spring", 11, "https://shop.example.com/").write());
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("EDGE_EVENT_LOOPS", "1"))) {
            Await.until("the link is known", () -> edge.click("/p/spring/ava").statusCode() == 302);
            Await.until("the first click is kept", () -> recorded(edge) > 0);
            double recordedBefore = recorded(edge);
            long before = sent();

            for (int wave = 0; wave < WAVES; wave++) {
                clickAtOnce(edge.port());
            }

            int clicks = WAVES * BROWSERS * CLICKS_EACH;
            Await.until("every click is kept", () -> recorded(edge) - recordedBefore == clicks);
            assertThat(sent() - before).isPositive().isLessThanOrEqualTo(clicks / 10);
        }
    }

    private static double recorded(RunningEdge edge) throws Exception {
        return edge.metric("influtrace_edge_clicks_total{fate=\"recorded\"");
    }

    private static long sent() {
        return CALLS.matcher(REDIS.text("INFO", "commandstats"))
                .results()
                .filter(call -> !NOT_SENT.contains(call.group(1)))
                .map((MatchResult call) -> call.group(2))
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Each browser sends all its requests without waiting, as many browsers together would. */
    private static void clickAtOnce(int port) throws IOException {
        String request =
                "GET /p/spring/ava HTTP/1.1\r\nHost: go.example\r\nUser-Agent: " + RunningEdge.FIREFOX + "\r\n\r\n";
        byte[] requests = request.repeat(CLICKS_EACH).getBytes(StandardCharsets.US_ASCII);
        List<Socket> browsers = new ArrayList<>();
        try {
            for (int browser = 0; browser < BROWSERS; browser++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(30_000);
                browsers.add(socket);
            }
            for (Socket browser : browsers) {
                browser.getOutputStream().write(requests);
            }
            for (Socket browser : browsers) {
                assertThat(redirects(browser)).isEqualTo(CLICKS_EACH);
            }
        } finally {
            for (Socket browser : browsers) {
                browser.close();
            }
        }
    }

    private static int redirects(Socket browser) throws IOException {
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.ISO_8859_1));
        int redirects = 0;
        while (redirects < CLICKS_EACH) {
            String line = answers.readLine();
            if (line == null) {
                break;
            }
            redirects += line.startsWith("HTTP/1.1 302") ? 1 : 0;
        }
        return redirects;
    }
}
