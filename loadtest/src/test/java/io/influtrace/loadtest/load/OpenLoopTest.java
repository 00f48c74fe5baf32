package io.influtrace.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Arrivals come by schedule: a slow server makes them late, never fewer, and nothing that is lost goes uncounted. */
class OpenLoopTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Shop SHOP = new Shop("link-", 3, "creator", 5, "shop", "http://shop.example");

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Tally run(Handler<HttpServerRequest> server, double rate, int connections) throws LoadtestFailure {
        HttpServer listening = VERTX.createHttpServer()
                .requestHandler(server)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Load.run(plan(listening.actualPort(), rate, connections), SHOP, "test");
    }

    private static LoadPlan plan(int port, double rate, int connections) {
        return new LoadPlan(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                rate,
                Duration.ofSeconds(1),
                Duration.ZERO,
                connections,
                "click=1",
                7);
    }

    @Test
    void latencyCountsFromTheMomentThatARequestWasDue() throws LoadtestFailure {
        // One connection and 10 ms an answer carry 100/s; 200/s are due, so the last ones wait for most of a second.
        Tally tally = run(
                request -> VERTX.setTimer(
                        10, fired -> request.response().setStatusCode(302).end()),
                200,
                1);

        assertThat(tally.due()).isBetween(140L, 260L);
        assertThat(tally.answered()).isEqualTo(tally.due());
        assertThat(tally.percentile(100)).isGreaterThan(300);
        assertThat(tally.lost()).isEmpty();
    }

    @Test
    void answersAreCountedByTheirStatusAndOthersThanWantedAreSeen() throws LoadtestFailure {
        AtomicInteger number = new AtomicInteger();
        Tally tally = run(
                request -> request.response()
                        .setStatusCode(number.getAndIncrement() == 0 ? 503 : 302)
                        .end(),
                100,
                4);

        assertThat(tally.statuses("click")).containsEntry(503, 1L).containsEntry(302, tally.answered() - 1);
        assertThat(tally.unexpected()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksLosesItsRequestAndIsOpenedAgain() throws LoadtestFailure {
        AtomicInteger number = new AtomicInteger();
        Tally tally = run(
                request -> {
                    if (number.getAndIncrement() == 0) {
                        request.connection().close();
                    } else {
                        request.response().setStatusCode(302).end();
                    }
                },
                100,
                1);

        assertThat(tally.lost()).isEqualTo(Map.of("closed", 1L));
        assertThat(tally.answered()).isEqualTo(tally.due() - 1).isPositive();
    }

    @Test
    void whereNobodyListensTheRunFailsAtItsStart() {
        assertThatThrownBy(() -> Load.run(plan(Ports.anyFree(), 10, 1), SHOP, "test"))
                .isInstanceOf(LoadtestFailure.class)
                .hasMessageContaining("No edge at");
    }
}
