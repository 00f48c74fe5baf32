package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.OneShop;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signing keys change hands in three steps, and every token made meanwhile is genuine to everybody. */
final class KeyRotationTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String OLD = TokenKeys.generate("old", new Random(1)).text();
    private static final String NEW = TokenKeys.generate("new", new Random(2)).text();
    private static final String HOST = "go.shop.example.com";

    @Test
    void noTokenIsLostWhileKeysAreRotated() throws Exception {
        OneShop.open(REDIS, "shop");
        List<String> steps = List.of(OLD, OLD + "," + NEW, NEW + "," + OLD, NEW);
        List<String> tokens = new ArrayList<>();
        for (String keys : steps) {
            try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("TOKEN_KEYS", keys))) {
                HttpResponse<String> fresh = edge.click("/p/spring", "Host", HOST);
                String cookie = fresh.headers().firstValue("set-cookie").orElseThrow();
                tokens.add(token(fresh));
                HttpResponse<String> again =
                        edge.click("/p/spring", "Host", HOST, "Cookie", cookie.substring(0, cookie.indexOf(';')));
                assertThat(token(again))
                        .as("a repeat keeps the first click's token")
                        .isEqualTo(token(fresh));
            }
        }
        assertThat(genuine(OLD, tokens)).containsExactly(true, true, false, false);
        assertThat(genuine(OLD + "," + NEW, tokens)).containsExactly(true, true, true, true);
        assertThat(genuine(NEW + "," + OLD, tokens)).containsExactly(true, true, true, true);
        assertThat(genuine(NEW, tokens)).containsExactly(false, false, true, true);
    }

    @Test
    void edgeOfTheNewKeyKnowsABrowserThatComesWithATokenOfTheOld() throws Exception {
        HttpResponse<String> before;
        OneShop.open(REDIS, "shop");
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("TOKEN_KEYS", OLD))) {
            before = edge.click("/p/spring", "Host", HOST);
        }
        String cookie = before.headers().firstValue("set-cookie").orElseThrow();
        String kept = cookie.substring(0, cookie.indexOf(';'));
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("TOKEN_KEYS", NEW + "," + OLD))) {
            assertThat(token(edge.click("/p/spring", "Host", HOST, "Cookie", kept)))
                    .isEqualTo(token(before));
        }
        try (RunningEdge edge = RunningEdge.start(REDIS, Map.of("TOKEN_KEYS", NEW))) {
            assertThat(token(edge.click("/p/spring", "Host", HOST, "Cookie", kept)))
                    .isNotEqualTo(token(before));
        }
    }

    private static List<Boolean> genuine(String keys, List<String> tokens) {
        ClickTokens opener = ClickTokens.of(TokenKeys.parse(keys));
        return tokens.stream()
                .map(token -> opener.open(token) instanceof ClickTokens.Genuine)
                .toList();
    }

    private static String token(HttpResponse<String> answer) {
        String location = answer.headers().firstValue("location").orElseThrow();
        return location.substring(location.indexOf("itc=") + 4);
    }
}
