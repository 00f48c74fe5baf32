package io.influtrace.edge.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.hostile.RawSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a visitor, a creator or a merchant writes becomes a header, or a second answer. */
final class InjectionTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String EVIL = "\r\nInjected: yes\r\n\r\n<script>alert(1)</script>";
    private static final Set<String> EXPECTED = Set.of(
            "location",
            "cache-control",
            "referrer-policy",
            "x-robots-tag",
            "content-length",
            "content-type",
            "content-security-policy",
            "x-content-type-options",
            "vary",
            "connection");
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        RunningEdge.publish(REDIS, Kind.CREATOR, "ava", "7");
        RunningEdge.publish(REDIS, Kind.CREATOR, "evil" + EVIL, "8");
        publish("plain", "https://shop.example.com/", Map.of(), OptionalLong.empty());
        publish("path", "https://shop.example.com/" + EVIL, Map.of(), OptionalLong.empty());
        publish("query", "https://shop.example.com/?a=" + EVIL, Map.of(), OptionalLong.empty());
        publish("fragment", "https://shop.example.com/#" + EVIL, Map.of(), OptionalLong.empty());
        publish(
                "utm",
                "https://shop.example.com/",
                Map.of("utm_source", EVIL, "utm_" + EVIL, "x"),
                OptionalLong.empty());
        publish("over", "https://shop.example.com/", Map.of(), OptionalLong.of(1));
        edge = RunningEdge.start(REDIS);
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    private static void publish(String slug, String destination, Map<String, String> utm, OptionalLong until) {
        LinkRecord link = new LinkRecord(
                slug,
                11,
                30,
                destination,
                slug.equals("utm") ? Optional.of("evil" + EVIL) : Optional.empty(),
                utm,
                PassQuery.OVERRIDE,
                OptionalLong.empty(),
                until,
                until.isPresent() ? Optional.of("https://shop.example.com/" + EVIL) : Optional.empty(),
                List.of());
        RunningEdge.publish(REDIS, Kind.LINK, slug, link.write());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/p/plain?a=%0d%0aInjected:%20yes",
                "/p/plain?%0d%0aInjected:%20yes=a",
                "/p/plain?a=\u00e5\u0098\u008a\u00e5\u0098\u008dInjected:yes",
                "/p/plain?a=%E5%98%8A%E5%98%8DInjected:yes",
                "/p/plain?utm_source=%0aInjected:yes&ref=%0d%0aInjected:yes&itc=%0d%0aInjected:yes",
                "/p/plain?a=\u0001\u000b\u000c\u007f\u0085\u00ff",
                "/p/plain?a=\"><script>alert(1)</script>",
                "/p/plain/ava%0d%0aInjected:%20yes",
                "/p/plain/%0d%0aInjected:%20yes",
                "/p/plain/evil%0d%0aInjected:%20yes%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/p/%0d%0aInjected:%20yes",
                "/p/plain%0d%0aInjected:%20yes/ava",
                "/p/%00%0d%0a/%00",
                "/p/path",
                "/p/query",
                "/p/fragment",
                "/p/utm",
                "/p/over",
                "/%0d%0aInjected:%20yes",
                "/api/v1/integrations/custom/%0d%0aInjected:%20yes/orders",
            })
    void nothingBecomesAHeaderOrASecondAnswer(String path) throws Exception {
        try (RawSocket visitor = RawSocket.to(edge.port())) {
            visitor.say("GET " + path
                    + " HTTP/1.1\r\nHost: edge\r\nAccept: text/html\r\nOrigin: https://a\r\nConnection: close\r\n\r\n");
            assertThat(visitor.isHungUpOn()).isTrue();
            assertThat(visitor.statuses()).hasSize(1);
            String head = visitor.heard().substring(0, visitor.heard().indexOf("\r\n\r\n"));
            Set<String> names = new TreeSet<>();
            head.lines()
                    .skip(1)
                    .forEach(line ->
                            names.add(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)));
            names.removeAll(EXPECTED);
            assertThat(names.stream().filter(name -> !name.startsWith("access-control-") && !name.equals("allow")))
                    .as(head)
                    .isEmpty();
            assertThat(visitor.heard()).doesNotContain("<script");
        }
    }
}
