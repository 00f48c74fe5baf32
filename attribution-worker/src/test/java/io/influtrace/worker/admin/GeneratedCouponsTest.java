package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Codes for many creators from one pattern. */
@Timeout(60)
final class GeneratedCouponsTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    Path dataDir;

    private BackOffice office;
    private String shop;

    @BeforeEach
    void open() throws Exception {
        office = BackOffice.open(SERVER, dataDir);
        shop = office.furnish();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private JsonObject wanted(String pattern, String... creators) {
        return new JsonObject()
                .put("pattern", pattern)
                .put("creators", new JsonArray(List.of(creators)))
                .put("link", "spring")
                .put("integrations", new JsonArray().add(shop));
    }

    private BackOffice.Answer generate(JsonObject body) throws Exception {
        return office.post("/api/v1/coupons/generate", body);
    }

    private static List<String> codes(BackOffice.Answer answer) {
        List<String> codes = new ArrayList<>();
        answer.json().getJsonArray("items").forEach(item -> codes.add(((JsonObject) item).getString("code")));
        return codes;
    }

    @Test
    void eachCreatorGetsTheirHandleInThePatternWithAllThatACouponHas() throws Exception {
        office.post("/api/v1/creators", new JsonObject("{\"handle\":\"cleo.b-1\"}"));
        BackOffice.Answer made =
                generate(wanted("{handle}-20", "Ben", "cleo.b-1").put("usageLimit", 5));
        assertThat(made.status()).isEqualTo(201);
        assertThat(codes(made)).containsExactly("BEN-20", "CLEOB1-20");
        JsonObject kept = office.get("/api/v1/coupons/BEN-20").json();
        assertThat(kept.getString("creator")).isEqualTo("ben");
        assertThat(kept.getInteger("usageLimit")).isEqualTo(5);
        assertThat(kept.getJsonArray("integrations")).containsExactly(shop);
    }

    @Test
    void aTakenCodeGetsRandomLettersAppended() throws Exception {
        assertThat(codes(generate(wanted("{HANDLE}10", "ava", "ben"))))
                .satisfiesExactly(
                        first -> assertThat(first).matches("AVA10[A-Z]{3}"),
                        second -> assertThat(second).isEqualTo("BEN10"));
        assertThat(codes(generate(wanted("VIP", "ava", "ben"))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("VIP"),
                        second -> assertThat(second).matches("VIP[A-Z]{3}"));
    }

    @Test
    void aCodeThatWasRetiredKeepsItsOldMeaning() throws Exception {
        office.delete("/api/v1/coupons/AVA10");
        assertThat(codes(generate(wanted("{HANDLE}10", "ava"))).get(0)).matches("AVA10[A-Z]{3}");
    }

    @Test
    void theStoreImportsThemAsCommaSeparatedValues() throws Exception {
        String csv = office.as(
                        BackOffice.TOKEN,
                        "POST",
                        "/api/v1/coupons/generate",
                        wanted("{HANDLE}5", "ava").encode(),
                        "text/csv")
                .raw()
                .body();
        assertThat(csv).startsWith("id,code,creator,link,integrations,").contains("AVA5,AVA5,ava,spring," + shop);
    }

    @Test
    void allAreMadeOrNoneAndTheFieldAtFaultIsNamed() throws Exception {
        assertThat(generate(wanted("{HANDLE}7", "ben", "nobody")).json().getString("field"))
                .isEqualTo("creators");
        assertThat(office.get("/api/v1/coupons/BEN7").status()).isEqualTo(404);
        assertThat(generate(wanted("{HANDLE}7", "ben", "BEN")).json().getString("field"))
                .isEqualTo("creators");
        assertThat(generate(wanted("{HANDLE}7")).json().getString("field")).isEqualTo("creators");
        assertThat(generate(wanted("a b", "ben")).json().getString("field")).isEqualTo("pattern");
        assertThat(generate(wanted("{HANDLE}7", "ben").put("code", "X")).json().getString("field"))
                .isEqualTo("code");
        assertThat(generate(wanted("{HANDLE}7", "ben").put("link", "none"))
                        .json()
                        .getString("field"))
                .isEqualTo("link");
        String[] many = new String[GeneratedCoupons.MOST + 1];
        Arrays.setAll(many, i -> "c" + i);
        assertThat(generate(wanted("{HANDLE}7", many)).json().getString("field"))
                .isEqualTo("creators");
    }
}
