package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The dry run as it is asked for: every mistake named by its field. */
@Timeout(60)
final class ReplaysTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    Path dataDir;

    @Test
    void aRunOverNoOrdersAnswersNoRowsAndEachMistakeItsField() throws Exception {
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            office.furnish();
            JsonObject answer = office.post(
                            "/api/v1/replays", new JsonObject("{\"campaign\":\"main\",\"model\":\"linear\"}"))
                    .json();
            assertThat(answer.getInteger("orders")).isZero();
            assertThat(answer.getJsonArray("rows")).isEmpty();
            assertThat(field(office, "{\"campaign\":\"none\",\"model\":\"linear\"}"))
                    .isEqualTo("campaign");
            assertThat(field(office, "{\"campaign\":\"main\"}")).isEqualTo("campaign");
            assertThat(field(office, "{\"campaign\":\"main\",\"model\":\"best\"}"))
                    .isEqualTo("model");
            assertThat(field(office, "{\"campaign\":\"main\",\"windowDays\":366}"))
                    .isEqualTo("windowDays");
            assertThat(field(office, "{\"campaign\":\"main\",\"windows\":3}")).isEqualTo("windows");
            assertThat(field(
                            office,
                            "{\"campaign\":\"main\",\"windowDays\":3,\"from\":\"2026-03-02\",\"to\":\"2026-03-01\"}"))
                    .isEqualTo("to");
            assertThat(field(
                            office,
                            "{\"campaign\":\"main\",\"commission\":{\"type\":\"percent\",\"value\":\"10\",\"tiers\":"
                                    + "[{\"from\":2,\"value\":\"12\"}]}}"))
                    .isEqualTo("commission.tiers");
        }
    }

    private static String field(BackOffice office, String body) throws Exception {
        return office.post("/api/v1/replays", new JsonObject(body)).json().getString("field");
    }
}
