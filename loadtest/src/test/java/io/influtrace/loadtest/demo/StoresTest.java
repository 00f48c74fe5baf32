package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.process.Web.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each platform's order from the click to the cancellation, through both jars as they are deployed. */
class StoresTest {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final String SECRET = "a-secret-of-the-platform";
    private static final String PAGE = "http://localhost:1";
    private static final Pattern TOKEN = Pattern.compile("itc=([A-Za-z0-9_-]{54})");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder = Path.of("");

    private static Deployment product;
    private static AdminApi admin;
    private static String shopify = "";
    private static String wooCommerce = "";
    private static String stripe = "";
    private static String pixel = "";
    private static JsonObject api = new JsonObject();

    @BeforeAll
    static void deploy() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        product = Deployment.onRedis(folder);
        admin = product.admin();
        shopify = integration("shopify", new JsonObject().put("signingSecret", SECRET));
        wooCommerce = integration(
                "woocommerce", new JsonObject().put("signingSecret", SECRET).put("store", "both"));
        stripe = integration("stripe", new JsonObject().put("signingSecret", SECRET));
        pixel = integration("custom", new JsonObject().put("origin", PAGE).put("store", "both"));
        api = admin.create("/integrations", new JsonObject().put("type", "api"));
        admin.post("/integrations/" + api.getString("id") + "/verify", new JsonObject());
        JsonArray all = new JsonArray()
                .add(shopify)
                .add(wooCommerce)
                .add(stripe)
                .add(pixel)
                .add(api.getString("id"));
        JsonObject commission = new JsonObject().put("type", "percent").put("value", "10");
        admin.create(
                "/campaigns",
                new JsonObject()
                        .put("id", "main")
                        .put("name", "Main")
                        .put("model", "last_click")
                        .put("windowDays", 30)
                        .put("commission", commission));
        admin.create(
                "/links",
                new JsonObject()
                        .put("slug", "spring")
                        .put("campaign", "main")
                        .put("destination", PAGE + "/")
                        .put("integrations", all));
        for (String creator : new String[] {"sho", "woo", "str", "own", "two"}) {
            admin.create("/creators", new JsonObject().put("handle", creator).put("name", creator));
            admin.create(
                    "/coupons",
                    new JsonObject()
                            .put("code", creator + "10")
                            .put("creator", creator)
                            .put("link", "spring")
                            .put("integrations", all));
        }
        assertThat(Patience.until(DEADLINE, () -> conversion("{}").status() == 400))
                .as("the edge knows the secret")
                .isTrue();
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
    }

    private static String integration(String type, JsonObject more) throws LoadtestFailure {
        JsonObject made =
                admin.create("/integrations", new JsonObject().put("type", type).mergeIn(more));
        String id = made.getString("id");
        if (!type.equals("custom")) {
            assertThat(admin.post("/integrations/" + id + "/verify", new JsonObject())
                            .fine())
                    .isTrue();
        }
        return id;
    }

    @Test
    void shopifysOrderIsCreditedRefundedAndCalledOff() throws LoadtestFailure {
        String token = click("sho");
        String order = """
                {"id":1001,"name":"#1","total_price":"80.00","currency":"USD","created_at":"%s","email":"j@example.com",
                 "note_attributes":[{"name":"__itc","value":"%s"}]}""".formatted(Instant.now(), token);
        assertThat(shopify("orders/create", order)).isEqualTo(200);
        assertThat(shopify("orders/paid", order)).isEqualTo(200);
        assertThat(credit(settled(shopify, "1001"))).isEqualTo("link sho 80.00 8.00");

        shopify(
                "refunds/create",
                "{\"id\":7,\"order_id\":1001,\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"30.00\",\"currency\":\"USD\"}]}");
        await(shopify, "1001", "30.00");
        assertThat(pending("sho")).isEqualTo("5.00");

        shopify("orders/cancelled", "{\"id\":1001,\"cancelled_at\":\"" + Instant.now() + "\"}");
        assertThat(await(shopify, "1001", "80.00").getBoolean("cancelled")).isTrue();
        assertThat(pending("sho")).isEqualTo("0.00");
    }

    @Test
    void wooCommercesOrderIsTheSameAsItsPagesAndCalledOffOnce() throws LoadtestFailure {
        connectPixel();
        String beacon = "{\"orderId\":\"727\",\"value\":50,\"currency\":\"EUR\",\"coupon\":\"woo10\"}";
        HttpRequest.Builder page = HttpRequest.newBuilder(custom("orders"))
                .header("Origin", PAGE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(beacon));
        assertThat(Web.send(page).status()).isEqualTo(202);
        assertThat(credit(settled(pixel, "727"))).isEqualTo("coupon woo 50.00 5.00");

        String order = """
                {"id":727,"status":"processing","currency":"EUR","total":"50.00","total_tax":"10.00",
                 "shipping_total":"0.00","coupon_lines":[{"code":"woo10"}],"refunds":[%s]}""";
        assertThat(wooCommerce(order.formatted(""))).isEqualTo(200);
        Patience.until(DEADLINE, () -> pending("woo").equals("4.00"));
        assertThat(pending("woo")).as("a signed source says how much is tax").isEqualTo("4.00");
        assertThat(wooCommerce(order.formatted("{\"id\":9,\"total\":\"-25.00\"}")))
                .isEqualTo(200);
        await(pixel, "727", "25.00");
        assertThat(pending("woo")).isEqualTo("2.00");

        wooCommerce(order.formatted("{\"id\":9,\"total\":\"-25.00\"}").replace("processing", "cancelled"));
        await(pixel, "727", "50.00");
        assertThat(pending("woo")).isEqualTo("0.00");
    }

    @Test
    void stripesSubscriptionRenewsForWhoeverEarnedItAndRefundsFindTheirInvoice() throws LoadtestFailure {
        stripe("invoice.paid", """
                {"id":"in_2","billing_reason":"subscription_cycle","amount_paid":2000,"currency":"usd",
                 "parent":{"subscription_details":{"subscription":"sub_1"}}}""");
        stripe(
                "charge.refunded",
                "{\"id\":\"ch_1\",\"payment_intent\":\"pi_1\",\"amount_refunded\":500,\"currency\":\"usd\"}");
        stripe("checkout.session.completed", """
                {"id":"cs_1","mode":"subscription","payment_status":"paid","amount_total":2000,"currency":"usd",
                 "payment_intent":null,"invoice":"in_1","subscription":"sub_1","client_reference_id":"%s"}""".formatted(click("str")));
        stripe("invoice_payment.paid", "{\"invoice\":\"in_1\",\"payment\":{\"payment_intent\":\"pi_1\"}}");

        assertThat(credit(settled(stripe, "in_2"))).isEqualTo("link str 20.00 2.00");
        assertThat(credit(await(stripe, "in_1", "5.00"))).isEqualTo("link str 15.00 1.50");
        stripe(
                "charge.refunded",
                "{\"id\":\"ch_1\",\"payment_intent\":\"pi_1\",\"amount_refunded\":2000,\"currency\":\"usd\"}");
        await(stripe, "in_1", "20.00");
        assertThat(pending("str")).isEqualTo("2.00");
    }

    @Test
    void ownServersRepeatIsAnsweredWithTheFirstDecision() throws LoadtestFailure {
        String order =
                "{\"external_transaction_id\":\"T-1\",\"value\":\"10.00\",\"currency\":\"USD\",\"coupon\":\"own10\"}";
        assertThat(conversion(order).status()).isEqualTo(202);
        settled(api.getString("id"), "T-1");

        Reply again = conversion(order);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().getString("verdict")).isEqualTo("credited");
        assertThat(again.json().getString("signal")).isEqualTo("coupon");
        JsonObject credit = again.json().getJsonArray("credits").getJsonObject(0);
        assertThat(credit.getString("creator")).isEqualTo("own");
        assertThat(credit.getString("commission")).isEqualTo("1.00");

        conversion("{\"external_transaction_id\":\"T-2\",\"value\":\"30.00\",\"currency\":\"USD\",\"renews\":\"T-1\"}");
        assertThat(credit(settled(api.getString("id"), "T-2"))).isEqualTo("coupon own 30.00 3.00");
    }

    @Test
    void ordersOfAClickAreSharedByNobodyElse() throws LoadtestFailure {
        String token = click("two");
        conversion("{\"external_transaction_id\":\"T-9\",\"value\":\"10.00\",\"currency\":\"USD\",\"click_token\":\""
                + token + "\"}");
        assertThat(credit(settled(api.getString("id"), "T-9"))).isEqualTo("link two 10.00 1.00");
    }

    private static void connectPixel() throws LoadtestFailure {
        HttpRequest.Builder ping = HttpRequest.newBuilder(custom("ping"))
                .header("Origin", PAGE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(Patience.until(DEADLINE, () -> Web.send(ping.copy()).fine())).isTrue();
        String verify = "/integrations/" + pixel + "/verify";
        assertThat(Patience.until(
                        DEADLINE, () -> admin.post(verify, new JsonObject()).fine()))
                .isTrue();
        HttpRequest.Builder order = HttpRequest.newBuilder(custom("orders"))
                .header("Origin", PAGE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(Patience.until(DEADLINE, () -> Web.send(order.copy()).status() == 400))
                .as("the edge knows that the store is connected")
                .isTrue();
    }

    private static URI custom(String call) {
        return URI.create(product.edgeUrl() + "/api/v1/integrations/custom/" + pixel + "/" + call);
    }

    private static int shopify(String topic, String body) throws LoadtestFailure {
        return deliver("shopify/" + shopify, body, "X-Shopify-Topic", topic, "X-Shopify-Hmac-Sha256", base64(body));
    }

    private static int wooCommerce(String body) throws LoadtestFailure {
        return deliver(
                "woocommerce/" + wooCommerce,
                body,
                "X-WC-Webhook-Topic",
                "order.updated",
                "X-WC-Webhook-Signature",
                base64(body));
    }

    private static void stripe(String type, String object) throws LoadtestFailure {
        long now = Instant.now().getEpochSecond();
        String body = "{\"type\":\"" + type + "\",\"created\":" + now + ",\"data\":{\"object\":" + object + "}}";
        String claim = HexFormat.of().formatHex(hmac(now + "." + body));
        assertThat(deliver("stripe/" + stripe, body, "Stripe-Signature", "t=" + now + ",v1=" + claim))
                .isEqualTo(200);
    }

    /** Until the edge knows the integration, which takes it a moment after the admin's call. */
    private static int deliver(String path, String body, String... headers) throws LoadtestFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(product.edgeUrl() + "/api/v1/integrations/" + path + "/webhooks"))
                .headers(headers)
                .POST(BodyPublishers.ofString(body));
        Patience.until(DEADLINE, () -> Web.send(request.copy()).status() != 404);
        return Web.send(request.copy()).status();
    }

    private static Reply conversion(String body) throws LoadtestFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(product.edgeUrl() + "/api/v1/conversions"))
                .header("Authorization", "Bearer " + api.getString("secret"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return Web.send(request);
    }

    /** The token of a person's click, from the redirect that a browser would follow. */
    private static String click(String creator) throws LoadtestFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(product.edgeUrl() + "/p/spring/" + creator))
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0")
                .build();
        String[] location = {""};
        assertThat(Patience.until(DEADLINE, () -> {
                    location[0] = location(request);
                    return location[0].contains("ref=" + creator);
                }))
                .as("a redirect that knows the creator")
                .isTrue();
        Matcher token = TOKEN.matcher(location[0]);
        assertThat(token.find()).as("a token in %s", location[0]).isTrue();
        return token.group(1);
    }

    private static String location(HttpRequest request) throws LoadtestFailure {
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.headers().firstValue("Location").orElse("");
        } catch (IOException failed) {
            throw new LoadtestFailure("No redirect.", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }

    private static JsonObject settled(String integration, String order) throws LoadtestFailure {
        String path = "/orders/" + integration + "/" + order;
        assertThat(Patience.until(DEADLINE, () -> admin.get(path).fine()))
                .as("a verdict on %s", path)
                .isTrue();
        return admin.get(path).json();
    }

    private static JsonObject await(String integration, String order, String refunded) throws LoadtestFailure {
        String path = "/orders/" + integration + "/" + order;
        Patience.until(DEADLINE, () -> refunded.equals(admin.get(path).json().getString("refunded")));
        JsonObject shown = admin.get(path).json();
        assertThat(shown.getString("refunded")).isEqualTo(refunded);
        return shown;
    }

    private static String credit(JsonObject order) {
        JsonObject credit = order.getJsonArray("credits").getJsonObject(0);
        return String.join(
                " ",
                order.getString("signal"),
                credit.getString("creator"),
                credit.getString("value"),
                credit.getString("commission"));
    }

    private static String pending(String creator) throws LoadtestFailure {
        return admin.get("/reports/creators?creator=" + creator).json().getJsonArray("rows").stream()
                .map(JsonObject.class::cast)
                .filter(row -> creator.equals(row.getString("creator")) && row.containsKey("commission"))
                .map(row -> row.getJsonObject("commission").getString("pending"))
                .findFirst()
                .orElse("none");
    }

    private static String base64(String body) {
        return Base64.getEncoder().encodeToString(hmac(body));
    }

    private static byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
