package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.admin.BackOffice.Answer;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a merchant configures over HTTP is kept as said, and every mistake is named. */
@Timeout(60)
final class AdminApiTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    Path dataDir;

    private BackOffice office;

    @BeforeEach
    void open() {
        office = BackOffice.open(SERVER, dataDir);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void eachKindIsMadeReadChangedAndRetired() throws Exception {
        String shop = office.furnish();
        record Case(String path, String change, String retired) {}
        for (Case one : List.of(
                new Case("/creators/ava", "{\"name\":\"Ava L.\"}", "retired"),
                new Case("/campaigns/main", "{\"name\":\"Main\"}", "archived"),
                new Case("/links/spring", "{\"destination\":\"https://shop.example.com/b\"}", "retired"),
                new Case("/coupons/ava10", "{\"creator\":\"ben\"}", "retired"))) {
            JsonObject before = office.get("/api/v1" + one.path).json();
            Answer changed = office.patch("/api/v1" + one.path, new JsonObject(one.change));
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.json()).isEqualTo(before.copy().mergeIn(new JsonObject(one.change)));
            assertThat(office.delete("/api/v1" + one.path).json().getBoolean(one.retired))
                    .isTrue();
            assertThat(office.get("/api/v1" + one.path).json().getBoolean(one.retired))
                    .isTrue();
        }
        assertThat(office.delete("/api/v1/integrations/" + shop).json().getString("status"))
                .isEqualTo("disconnected");
    }

    @Test
    void aListIsReadInPartsWithoutGapOrRepeat() throws Exception {
        for (int i = 0; i < 7; i++) {
            office.post("/api/v1/creators", new JsonObject().put("handle", "c" + i));
        }
        List<String> handles = new ArrayList<>();
        String next = "";
        do {
            JsonObject part =
                    office.get("/api/v1/creators?limit=3&cursor=" + next).json();
            part.getJsonArray("items").forEach(item -> handles.add(((JsonObject) item).getString("handle")));
            next = part.getString("next", "");
        } while (!next.isEmpty());
        assertThat(handles).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
    }

    @Test
    void aSecondOneOfANameIsRefused() throws Exception {
        office.furnish();
        Answer again = office.post("/api/v1/creators", new JsonObject().put("handle", "ava"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("already_exists");
        assertThat(again.raw().headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(again.json().getBoolean("retry")).isFalse();
    }

    @ParameterizedTest(name = "{0} {1} is refused for {2}")
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "creators {} handle",
                "creators {\"handle\":\"Ava\"} handle",
                "creators {\"handle\":\"a/b\"} handle",
                "creators {\"handle\":\"dan\",\"email\":\"nobody\"} email",
                "creators {\"handle\":\"dan\",\"nmae\":\"Dan\"} nmae",
                "creators {\"handle\":\"dan\",\"name\":\"a\\u0000b\"} name",
                "campaigns {\"id\":\"x\"} commission",
                "campaigns {\"id\":\"x\",\"model\":\"best\"} model",
                "campaigns {\"id\":\"x\",\"windowDays\":0} windowDays",
                "campaigns {\"id\":\"x\",\"windowDays\":366} windowDays",
                "campaigns {\"id\":\"x\",\"windowDays\":\"30\"} windowDays",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":\"101\"}} commission.value",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":\"-1\"}} commission.value",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":\"NaN\"}} commission.value",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":\"1e-99999999\"}} commission.value",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"fixed\",\"value\":\"5.001\",\"currency\":\"USD\"}} commission.value",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"fixed\",\"value\":\"5\",\"currency\":\"XXL\"}} commission.currency",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":1},\"utm\":{\"itc\":\"a\"}} utm.itc",
                "campaigns {\"id\":\"x\",\"commission\":{\"type\":\"percent\",\"value\":1},\"overrides\":{\"zoe\":{}}} overrides.zoe",
                "links {\"slug\":\"a/b\"} slug",
                "links {\"slug\":\"s\",\"campaign\":\"none\"} campaign",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"javascript:alert(1)\"} destination",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"//shop.example\"} destination",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"https://a@b.example/\"} destination",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"https://b.example/\\r\\nX:\"} destination",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"https://b.example\",\"integrations\":[\"x\"]} integrations",
                "links {\"slug\":\"s\",\"campaign\":\"main\",\"destination\":\"https://b.example\",\"passQuery\":\"all\"} passQuery",
                "links {\"slug\":\"s\",\"activeFrom\":\"2026-02-30\"} activeFrom",
                "links {\"slug\":\"s\",\"activeFrom\":\"2026-02-02\",\"activeUntil\":\"2026-02-01\"} activeUntil",
                "coupons {\"code\":\"\"} code",
                "coupons {\"code\":\"X\",\"creator\":\"zoe\"} creator",
                "coupons {\"code\":\"X\",\"creator\":\"ava\",\"link\":\"none\"} link",
                "coupons {\"code\":\"X\",\"creator\":\"ava\",\"link\":\"spring\",\"usageLimit\":0} usageLimit",
                "integrations {\"type\":\"magento\"} type",
                "integrations {\"type\":\"custom\"} origin",
                "integrations {\"type\":\"custom\",\"origin\":\"https://a.example/path\"} origin",
                "integrations {\"type\":\"custom\",\"origin\":\"ftp://a.example\"} origin",
                "integrations {\"type\":\"custom\",\"origin\":\"null\"} origin",
                "integrations {\"type\":\"shopify\",\"origin\":\"https://a.example\"} origin",
                "integrations {\"type\":\"api\",\"store\":\"a/b\"} store",
                "integrations {\"type\":\"api\",\"consent\":\"some\"} consent"
            })
    void aFieldAtFaultIsNamed(String kind, String body, String field) throws Exception {
        office.furnish();
        Answer answer = office.as(BackOffice.TOKEN, "POST", "/api/v1/" + kind, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_body");
        assertThat(answer.json().getString("field")).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Shop.Example.com:443,https://shop.example.com",
        "http://localhost:8082,http://localhost:8082",
        "https://münchen.example,https://xn--mnchen-3ya.example",
        "http://[::1]:80,http://[::1]"
    })
    void anOriginIsKeptInItsNormalForm(String spelling, String normal) throws Exception {
        Answer made = office.post(
                "/api/v1/integrations", new JsonObject().put("type", "custom").put("origin", spelling));
        assertThat(made.json().getString("origin")).isEqualTo(normal);
    }

    @Test
    void whatCannotBeReadIsRefusedAsAWhole() throws Exception {
        for (String body : List.of("", "[]", "{", "null", "\"x\"")) {
            Answer answer = office.as(BackOffice.TOKEN, "POST", "/api/v1/creators", body);
            assertThat(List.of(answer.status(), answer.code())).containsExactly(400, "invalid_body");
        }
    }

    @Test
    void aCodeIsMappedToOneCreatorAtATimeInAStore() throws Exception {
        String shop = office.furnish();
        Answer second = office.post("/api/v1/coupons", BackOffice.coupon(" ava10 ", "ben", shop));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("coupon_taken");
        assertThat(second.json().getString("creator")).isEqualTo("ava");

        String other = office.post(
                        "/api/v1/integrations",
                        new JsonObject("{\"type\":\"custom\",\"origin\":\"https://other.example\"}"))
                .json()
                .getString("id");
        Answer elsewhere = office.post("/api/v1/coupons", BackOffice.coupon("AVA10", "ben", other));
        assertThat(elsewhere.json().getString("id")).isEqualTo("AVA10~2");
        Answer moved = office.patch(
                "/api/v1/coupons/AVA10~2", new JsonObject().put("integrations", new JsonArray().add(shop)));
        assertThat(moved.code()).isEqualTo("coupon_taken");
        office.delete("/api/v1/coupons/AVA10");
        assertThat(office.post("/api/v1/coupons", BackOffice.coupon("AVA10", "ben", shop))
                        .json()
                        .getString("id"))
                .isEqualTo("AVA10~3");
    }

    @Test
    void aCodeMayBeMappedTwiceOneAfterTheOther() throws Exception {
        String shop = office.furnish();
        office.patch("/api/v1/coupons/AVA10", new JsonObject().put("activeUntil", "2026-02-28"));
        Answer overlapping = office.post(
                "/api/v1/coupons", BackOffice.coupon("AVA10", "ben", shop).put("activeFrom", "2026-02-28"));
        assertThat(overlapping.code()).isEqualTo("coupon_taken");
        Answer after = office.post(
                "/api/v1/coupons", BackOffice.coupon("AVA10", "ben", shop).put("activeFrom", "2026-03-01"));
        assertThat(after.status()).isEqualTo(201);
        assertThat(after.json().getString("activeFrom")).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void keysAndWhatOthersRelyOnAreFixed() throws Exception {
        String shop = office.furnish();
        for (Map.Entry<String, String> change : Map.of(
                        "/creators/ava",
                        "{\"handle\":\"eva\"}",
                        "/links/spring",
                        "{\"slug\":\"autumn\"}",
                        "/coupons/AVA10",
                        "{\"code\":\"AVA20\"}",
                        "/integrations/" + shop,
                        "{\"store\":\"main\"}")
                .entrySet()) {
            Answer answer = office.patch("/api/v1" + change.getKey(), new JsonObject(change.getValue()));
            assertThat(answer.code()).isEqualTo("invalid_body");
            assertThat(answer.json().getString("detail")).contains("is fixed");
        }
        assertThat(office.patch("/api/v1/integrations/" + shop, new JsonObject("{\"status\":\"connected\"}"))
                        .json()
                        .getString("field"))
                .isEqualTo("status");
    }

    @Test
    void nullTakesAFieldAway() throws Exception {
        office.furnish();
        office.patch("/api/v1/links/spring", new JsonObject("{\"creator\":\"ava\",\"utm\":{\"utm_source\":\"x\"}}"));
        JsonObject link = office.patch(
                        "/api/v1/links/spring",
                        new JsonObject().putNull("creator").put("utm", new JsonObject().putNull("utm_source")))
                .json();
        assertThat(link.containsKey("creator")).isFalse();
        assertThat(link.getJsonObject("utm").isEmpty()).isTrue();
        assertThat(office.patch("/api/v1/creators/ava", new JsonObject("{\"name\":\"A\"}"))
                        .json()
                        .getBoolean("hasEmail"))
                .isTrue();
        assertThat(office.patch("/api/v1/creators/ava", new JsonObject().putNull("email"))
                        .json()
                        .getBoolean("hasEmail"))
                .isFalse();
    }

    @Test
    void aStoreIsConnectedOnceItsPixelWasSeenOnItsOrigin() throws Exception {
        String shop = office.furnish();
        String verify = "/api/v1/integrations/" + shop + "/verify";
        Answer unseen = office.post(verify, new JsonObject());
        assertThat(unseen.status()).isEqualTo(409);
        assertThat(unseen.code()).isEqualTo("no_pixel_activity");
        assertThat(unseen.json().getBoolean("retry")).isTrue();

        String key = Keys.lastSeen(BackOffice.PARTITIONS.ofName(shop), shop);
        office.look
                .async()
                .hset(key, Map.of("at", "1700000000000", "origin", "https://www.shop.example.com"))
                .toCompletableFuture()
                .join();
        Answer elsewhere = office.post(verify, new JsonObject());
        assertThat(elsewhere.code()).isEqualTo("no_pixel_activity");
        assertThat(elsewhere.json().getString("expected")).isEqualTo("https://shop.example.com");
        assertThat(elsewhere.json().getJsonObject("seen"))
                .isEqualTo(new JsonObject(
                        "{\"at\":\"2023-11-14T22:13:20Z\",\"origin\":\"https://www.shop.example.com\"}"));

        office.look
                .async()
                .hset(key, "origin", "https://shop.example.com")
                .toCompletableFuture()
                .join();
        assertThat(office.post(verify, new JsonObject()).json().getString("status"))
                .isEqualTo("connected");
        assertThat(edgeRecord(shop).status()).isEqualTo("connected");

        office.patch("/api/v1/integrations/" + shop, new JsonObject("{\"origin\":\"https://new.example\"}"));
        assertThat(edgeRecord(shop).status()).isEqualTo("pending");
        assertThat(office.post("/api/v1/integrations/" + shop + "/disconnect", new JsonObject())
                        .json()
                        .getString("status"))
                .isEqualTo("disconnected");
    }

    private IntegrationRecord edgeRecord(String id) {
        return IntegrationRecord.read(office.look
                .async()
                .hget(Keys.EDGE_INTEGRATIONS, id)
                .toCompletableFuture()
                .join());
    }

    @Test
    void aStoresSecretIsShownOnceAndOnlyTheApisIsKeptAsItsDigest() throws Exception {
        JsonObject api = office.post("/api/v1/integrations", new JsonObject("{\"type\":\"api\"}"))
                .json();
        assertThat(edgeRecord(api.getString("id")).secret()).contains(Secrets.sha256(api.getString("secret")));
        JsonObject stripe = office.post(
                        "/api/v1/integrations", new JsonObject("{\"type\":\"stripe\",\"secret\":\"whsec_1\"}"))
                .json();
        assertThat(edgeRecord(stripe.getString("id")).secret()).contains("whsec_1");
        assertThat(office.get("/api/v1/integrations").raw().body()).doesNotContain("whsec_1");
    }

    @Test
    void platformsSecretIsTakenOrMadeAndShownOnce() throws Exception {
        JsonObject shopify = office.post(
                        "/api/v1/integrations",
                        new JsonObject("{\"type\":\"shopify\",\"signingSecret\":\"shpss_0123456789abcdef\"}"))
                .json();
        assertThat(edgeRecord(shopify.getString("id")).secrets()).containsExactly("shpss_0123456789abcdef");
        JsonObject woo = office.post("/api/v1/integrations", new JsonObject("{\"type\":\"woocommerce\"}"))
                .json();
        assertThat(edgeRecord(woo.getString("id")).secrets()).containsExactly(woo.getString("secret"));
        for (JsonObject each : List.of(shopify, woo)) {
            assertThat(office.get("/api/v1/integrations/" + each.getString("id"))
                            .raw()
                            .body())
                    .doesNotContain(each.getString("secret"));
        }
    }

    @Test
    void twoSecretsAreValidWhileOneIsBeingChanged() throws Exception {
        JsonObject stripe = office.post(
                        "/api/v1/integrations",
                        new JsonObject("{\"type\":\"stripe\",\"signingSecret\":\"whsec_0123456789abcdef\"}"))
                .json();
        String path = "/api/v1/integrations/" + stripe.getString("id");
        assertThat(stripe.getBoolean("rotating")).isFalse();

        JsonObject rotating = office.patch(path, new JsonObject("{\"signingSecret\":\"whsec_fedcba9876543210\"}"))
                .json();
        assertThat(rotating.getBoolean("rotating")).isTrue();
        assertThat(edgeRecord(stripe.getString("id")).secrets())
                .containsExactly("whsec_fedcba9876543210", "whsec_0123456789abcdef");
        office.patch(path, new JsonObject("{\"name\":\"Till\"}"));
        assertThat(edgeRecord(stripe.getString("id")).secrets()).hasSize(2);

        assertThat(office.patch(path, new JsonObject("{\"rotating\":false}"))
                        .json()
                        .getBoolean("rotating"))
                .isFalse();
        assertThat(edgeRecord(stripe.getString("id")).secrets()).containsExactly("whsec_fedcba9876543210");
        assertThat(office.patch(path, new JsonObject("{\"rotating\":true}")).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'type':'stripe','signingSecret':'short'}; signingSecret",
                "{'type':'stripe','signingSecret':'with a blank in it'}; signingSecret",
                "{'type':'api','signingSecret':'0123456789abcdef'}; signingSecret",
                "{'type':'custom','origin':'https://a.example','signingSecret':'0123456789abcdef'}; signingSecret",
                "{'type':'stripe','rotating':true}; rotating"
            })
    void secretThatCannotSignIsRefusedByItsField(String body, String field) throws Exception {
        var answer = office.post("/api/v1/integrations", new JsonObject(body.replace('\'', '"')));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("field")).isEqualTo(field);
    }

    @Test
    void theSnippetIsFilledIn() throws Exception {
        String shop = office.furnish();
        String snippet = office.get("/api/v1/integrations/" + shop).json().getString("snippet");
        assertThat(snippet)
                .contains("'https://go.example/api/v1/integrations/custom/t.js','" + shop + "'")
                .doesNotContain("EDGE", "INTEGRATION_ID");
    }

    @Test
    void theSnippetIsPinnedToTheBytesThatTheEdgeShips() throws Exception {
        String shop = office.furnish();
        String path = "/api/v1/integrations/" + shop + "/snippet";
        office.look.async().del(Keys.EDGE_PIXELS).toCompletableFuture().join();
        assertThat(office.get(path).json().containsKey("snippetPinned")).isFalse();

        office.look
                .async()
                .hset(Keys.EDGE_PIXELS, "latest", "0123456789abcdef sha384-AbC+/=")
                .toCompletableFuture()
                .join();
        JsonObject made = office.post(
                        "/api/v1/integrations",
                        new JsonObject("{\"type\":\"custom\",\"origin\":\"https://pinned.example\"}"))
                .json();
        assertThat(made.getString("integrity")).isEqualTo("sha384-AbC+/=");
        assertThat(made.getString("snippetPinned"))
                .contains(
                        "https://go.example/api/v1/integrations/custom/t.0123456789abcdef.js",
                        "j.integrity='sha384-AbC+/=';",
                        "j.crossOrigin='anonymous';",
                        made.getString("id"));
        assertThat(office.get(path).json().getString("snippet")).contains("/custom/t.js'");
        assertThat(office.get("/api/v1/integrations/nobody/snippet").status()).isEqualTo(404);
    }

    @Test
    void verifyNamesTheOriginThatTheSnippetRanOnInstead() throws Exception {
        String shop = office.furnish();
        office.look
                .async()
                .lpush(
                        Keys.nearMisses(BackOffice.PARTITIONS.ofName(shop), shop),
                        "{\"at\":1700000000000,\"code\":\"origin_mismatch\",\"expected\":\"https://shop.example.com\","
                                + "\"got\":\"https://www.shop.example.com\"}",
                        "{\"at\":1700000001000,\"code\":\"invalid_body\"}")
                .toCompletableFuture()
                .join();
        Answer refused = office.post("/api/v1/integrations/" + shop + "/verify", new JsonObject());
        assertThat(refused.code()).isEqualTo("no_pixel_activity");
        assertThat(refused.json().getString("expected")).isEqualTo("https://shop.example.com");
        assertThat(refused.json().getString("got")).isEqualTo("https://www.shop.example.com");
        assertThat(refused.json().getString("detail")).contains("https://www.shop.example.com");
    }

    @Test
    void beaconsThatTheEdgeRefusedAreShown() throws Exception {
        String shop = office.furnish();
        office.look
                .async()
                .lpush(
                        Keys.nearMisses(BackOffice.PARTITIONS.ofName(shop), shop),
                        "{\"at\":1700000000000,\"code\":\"origin_mismatch\"}")
                .toCompletableFuture()
                .join();
        assertThat(office.get("/api/v1/integrations/" + shop + "/near-misses")
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0))
                .isEqualTo(new JsonObject("{\"at\":\"2023-11-14T22:13:20Z\",\"code\":\"origin_mismatch\"}"));
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThat(office.get("/api/v1/links/none").code()).isEqualTo("not_found");
        assertThat(office.get("/api/v2/links").status()).isEqualTo(404);
        assertThat(office.post("/api/v1/integrations/none/verify", new JsonObject())
                        .status())
                .isEqualTo(404);
        Answer wrongMethod = office.as(BackOffice.TOKEN, "PUT", "/api/v1/creators", "{}");
        assertThat(List.of(wrongMethod.status(), wrongMethod.code())).containsExactly(405, "method_not_allowed");
        assertThat(wrongMethod.raw().headers().firstValue("allow").orElse("")).contains("GET", "POST");
        assertThat(office.as(BackOffice.TOKEN, "POST", "/api/v1/creators", "x".repeat(2_000_000))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void theRootIsAPage() throws Exception {
        assertThat(office.get("/").raw().body()).contains("<h1>InfluTrace</h1>");
    }

    @Test
    void withoutRedisACallIsToBeTriedAgain() throws Exception {
        SERVER.kill();
        Answer answer = office.post("/api/v1/creators", new JsonObject("{\"handle\":\"ava\"}"));
        assertThat(List.of(answer.status(), answer.code())).containsExactly(503, "store_unavailable");
        assertThat(answer.json().getBoolean("retry")).isTrue();
        assertThat(answer.raw().headers().firstValue("retry-after")).isPresent();
    }
}
