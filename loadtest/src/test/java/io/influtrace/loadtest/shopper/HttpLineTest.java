package io.influtrace.loadtest.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.shopper.Answer.Fate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ledger is only as good as the line that tells an order that never left from one whose answer is missing. */
class HttpLineTest {

    @Test
    void answersCutsAndRefusedConnectionsAreToldApart() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        switch (String.valueOf(request.path())) {
                            case "/cut" -> request.connection().close();
                            case "/last" ->
                                request.response()
                                        .putHeader("Connection", "close")
                                        .end("bye");
                            default -> request.response().setStatusCode(202).end("kept");
                        }
                    })
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            try (HttpLine line = new HttpLine(server.actualPort())) {
                Answer kept = line.exchange("POST", "/", Map.of("Origin", "https://a.example"), "{}");
                assertThat(kept.status()).isEqualTo(202);
                assertThat(kept.body()).isEqualTo("kept");
                assertThat(line.exchange("GET", "/cut", Map.of(), "").fate()).isEqualTo(Fate.CUT);
                assertThat(line.exchange("GET", "/last", Map.of(), "").body()).isEqualTo("bye");
                assertThat(line.exchange("GET", "/", Map.of(), "").status()).isEqualTo(202);
                server.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
                assertThat(line.exchange("GET", "/", Map.of(), "").fate()).isEqualTo(Fate.NOT_SENT);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
