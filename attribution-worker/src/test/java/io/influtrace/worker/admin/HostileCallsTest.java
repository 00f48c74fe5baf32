package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.influtrace.protocol.hostile.HostileRequest;
import io.influtrace.protocol.hostile.RawSocket;
import io.influtrace.protocol.http.Connections;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What only an attacker sends to the back office, with a token and without: refused or hung up on, and nobody else notices. */
@Timeout(120)
final class HostileCallsTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    static Path dataDir = Path.of("");

    private static final String PAGE = "GET / HTTP/1.1\r\nHost: office\r\n\r\n";
    private static final String CREATORS = "/api/v1/creators";

    /** Ends the request's own line, so that what follows it becomes a header. */
    private static final String WITH_TOKEN =
            CREATORS + " HTTP/1.1\r\nAuthorization: Bearer " + BackOffice.TOKEN + "\r\nA: b";

    private static BackOffice office;

    @BeforeAll
    static void open() {
        office = BackOffice.strict(
                SERVER, dataDir, new Connections.Limits(80, Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @AfterAll
    static void close() {
        office.close();
    }

    @AfterEach
    void othersAreServed() throws Exception {
        Await.until("the attack's own connections are gone", () -> office.connections() < 40);
        assertThat(office.get(CREATORS).status()).isEqualTo(200);
    }

    static Stream<Arguments> requests() {
        return HostileRequest.all().stream()
                .flatMap(request -> Stream.of(
                        Arguments.of(request, "anonymous", CREATORS), Arguments.of(request, "admin", WITH_TOKEN)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("requests")
    void requestThatNobodyHonestSendsIsRefusedOrHungUpOnAndSmugglesNothing(
            HostileRequest request, String sender, String target) throws Exception {
        try (RawSocket attacker = RawSocket.to(office.port())) {
            attacker.say(request.filled(target, PAGE));
            assertThat(attacker.isHungUpOn()).as(sender).isTrue();
            assertThat(attacker.statuses())
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(status -> (status >= 400 && status < 500) || status == 501);
        }
    }

    @Test
    void bodyOfAStrangerIsNotReadAtAll() throws Exception {
        try (RawSocket stranger = RawSocket.to(office.port())) {
            stranger.say("POST " + CREATORS + " HTTP/1.1\r\nHost: office\r\nContent-Length: 1000000\r\n\r\n");
            stranger.hear("HTTP/1.1 401");
            assertThat(stranger.isHungUpOn()).isTrue();
        }
    }

    @Test
    void brokenChunksAreCountedOnceEachAndNoLineInTheLog() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            double before = office.refused("bad_chunk");
            List<HostileRequest> broken = HostileRequest.all().stream()
                    .filter(request -> request.name().startsWith("chunk size"))
                    .toList();
            for (HostileRequest request : broken) {
                try (RawSocket attacker = RawSocket.to(office.port())) {
                    attacker.say(request.filled(WITH_TOKEN, PAGE));
                    assertThat(attacker.isHungUpOn()).isTrue();
                }
            }
            assertThat(broken).hasSize(3);
            Await.until("all are counted", () -> office.refused("bad_chunk") == before + 3);
            assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void drippedHeadAndDrippedBodyAreHungUpOn() throws Exception {
        double before = office.refused("head_timeout");
        try (RawSocket silent = RawSocket.to(office.port());
                RawSocket dripping = RawSocket.to(office.port());
                RawSocket body = RawSocket.to(office.port())) {
            dripping.say("GET / HTTP/1.1\r\nA:");
            body.say("POST " + WITH_TOKEN + " HTTP/1.1\r\nHost: office\r\nContent-Length: 100\r\n\r\n{");
            assertThat(silent.isHungUpOn()).isTrue();
            assertThat(dripping.isHungUpOn()).isTrue();
            assertThat(body.isHungUpOn()).isTrue();
            assertThat(silent.statuses()).isEmpty();
            assertThat(dripping.statuses()).isEmpty();
            assertThat(body.statuses()).containsExactly(408);
            assertThat(office.refused("head_timeout")).isGreaterThanOrEqualTo(before + 2);
        }
    }

    @Test
    void connectionsBeyondTheBoundAreHungUpOn() throws Exception {
        double before = office.refused("too_many_connections");
        List<RawSocket> many = new ArrayList<>();
        try {
            for (int i = 0; i < 150; i++) {
                many.add(RawSocket.to(office.port()));
            }
            Await.until("the bound is met", () -> office.refused("too_many_connections") > before);
            assertThat(office.connections()).isLessThanOrEqualTo(80);
        } finally {
            for (RawSocket each : many) {
                each.close();
            }
        }
    }

    @Test
    void everyAnswerForbidsToBeKeptFramedOrTakenForAnotherType() throws Exception {
        for (String path : List.of(CREATORS, "/api/v1/nothing", "/nothing", "/")) {
            HttpHeaders headers = office.get(path).raw().headers();
            assertThat(headers.firstValue("cache-control")).as(path).contains("no-store");
            assertThat(headers.firstValue("x-content-type-options")).as(path).contains("nosniff");
            assertThat(headers.firstValue("referrer-policy")).as(path).contains("no-referrer");
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'");
        }
    }
}
