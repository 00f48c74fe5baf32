package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.admin.BackOffice.Answer;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nobody without a token, and nobody beyond their role. */
@Timeout(60)
final class AccessTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    Path dataDir;

    @Test
    void withoutAValidTokenNothingIsToldOrDone() throws Exception {
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            for (String token : List.of("", "wrong", BackOffice.TOKEN + "x", "x".repeat(5_000))) {
                for (String method : List.of("GET", "POST")) {
                    Answer answer = office.as(token, method, "/api/v1/creators", "{\"handle\":\"ava\"}");
                    assertThat(List.of(answer.status(), answer.code())).containsExactly(401, "unauthorized");
                    assertThat(answer.raw().headers().firstValue("www-authenticate"))
                            .contains("Bearer");
                }
            }
            assertThat(office.get("/api/v1/creators")
                            .json()
                            .getJsonArray("items")
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void theFirstTokenIsMadeOnceForTheOperatorAlone() throws Exception {
        Path file = dataDir.resolve("admin-token");
        String token;
        try (BackOffice office = BackOffice.openWithoutToken(SERVER, dataDir)) {
            token = Files.readString(file).strip();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(office.as(token, "GET", "/api/v1/creators", "").status()).isEqualTo(200);
            assertThat(office.look
                            .async()
                            .hgetall(Tokens.KEY)
                            .toCompletableFuture()
                            .join()
                            .toString())
                    .doesNotContain(token);
            office.look.async().flushall().toCompletableFuture().join();
        }
        try (BackOffice again = BackOffice.openWithoutToken(SERVER, dataDir)) {
            assertThat(again.as(token, "GET", "/api/v1/creators", "").status()).isEqualTo(200);
        }
        try (BackOffice elsewhere = BackOffice.openWithoutToken(SERVER, dataDir.resolve("other"))) {
            assertThat(elsewhere.as(token, "GET", "/api/v1/creators", "").status())
                    .isEqualTo(200);
            assertThat(dataDir.resolve("other")).doesNotExist();
        }
    }

    @Test
    void aMemberReadsAndChangesNothingAndACreatorSeesNoConfiguration() throws Exception {
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            office.furnish();
            String member = token(office, "{\"role\":\"member\"}");
            String creator = token(office, "{\"role\":\"creator\",\"creator\":\"ava\"}");
            assertThat(office.as(member, "GET", "/api/v1/links", "").status()).isEqualTo(200);
            for (String method : List.of("POST", "PATCH", "DELETE")) {
                String path = method.equals("POST") ? "/api/v1/links" : "/api/v1/links/spring";
                Answer refused = office.as(member, method, path, "{}");
                assertThat(List.of(refused.status(), refused.code())).containsExactly(403, "forbidden");
            }
            assertThat(office.as(member, "GET", "/api/v1/tokens", "").status()).isEqualTo(403);
            assertThat(office.as(creator, "GET", "/api/v1/links", "").status()).isEqualTo(403);
        }
    }

    @Test
    void aRevokedTokenIsNobodys() throws Exception {
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            JsonObject made = office.post("/api/v1/tokens", new JsonObject("{\"role\":\"admin\",\"name\":\"ci\"}"))
                    .json();
            String token = made.getString("token");
            assertThat(office.as(token, "GET", "/api/v1/tokens", "").raw().body())
                    .contains("\"ci\"")
                    .doesNotContain(token);
            assertThat(office.delete("/api/v1/tokens/" + made.getString("id")).status())
                    .isEqualTo(200);
            assertThat(office.as(token, "GET", "/api/v1/tokens", "").status()).isEqualTo(401);
        }
    }

    @Test
    void aCreatorsTokenNamesAKnownCreator() throws Exception {
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            office.furnish();
            for (String body : List.of(
                    "{\"role\":\"creator\"}",
                    "{\"role\":\"creator\",\"creator\":\"zoe\"}",
                    "{\"role\":\"admin\",\"creator\":\"ava\"}")) {
                assertThat(office.post("/api/v1/tokens", new JsonObject(body))
                                .json()
                                .getString("field"))
                        .isEqualTo("creator");
            }
        }
    }

    private static String token(BackOffice office, String body) throws Exception {
        return office.post("/api/v1/tokens", new JsonObject(body)).json().getString("token");
    }
}
