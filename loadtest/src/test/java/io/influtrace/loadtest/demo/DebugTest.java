package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.Eventually;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.browser.ShopPages;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A merchant whose orders do not arrive calls {@code influtrace('debug')}, or verify, and is told exactly what is wrong. */
class DebugTest {

    /** What the console is told, for the test to read. */
    private static final String CONSOLE =
            "<script>var told = []; console.log = function (words) { told.push(words) }</script>";

    private static final String DEBUG = "<script>influtrace('debug')</script>";

    @TempDir
    static Path folder = Path.of("");

    private static final Running RUNNING = new Running();
    private static Deployment product;
    private static ShopPages shop;
    private static ShopPages fresh;
    private static String connected = "";
    private static String pending = "";

    @BeforeAll
    static void deploy() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        product = Deployment.onRedis(folder);
        RUNNING.add(product::close);
        Vertx vertx = RUNNING.add(Vertx.vertx());
        shop = ShopPages.start(vertx);
        fresh = ShopPages.start(vertx);
        Seed seed = new Seed(product.admin(), product.edgeUrl(), shop.url(""));
        connected = seed.sow();
        seed.connect(connected);
        pending = product.admin()
                .create(
                        "/integrations",
                        new JsonObject()
                                .put("type", "custom")
                                .put("origin", fresh.url(""))
                                .put("name", "New"))
                .getString("id");
    }

    @AfterAll
    static void stop() {
        RUNNING.stop();
    }

    @InEachBrowser
    void allIsWell(Browser browser) {
        shop.raw("/", page(connected, ""));
        open(browser, shop.url("/?ref=ava&itc=" + "t".repeat(54)))
                .await(told("server: taken (204)"))
                .await(told("is connected"));
        browser.run("influtrace('order', {orderId: 'D-" + browser.engine() + "', value: 1, currency: 'USD'})");
        browser.await(told("called with order")).await(told("orders: taken (202)"));
        browser.run("influtrace('order', {orderId: 'X'})").await(told("order lacks value, currency"));
        browser.await(told("orders: refused with 400 invalid_body"));
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void thePagesPolicyBlocks(Browser browser) {
        shop.raw("/mute", page(connected, "")).header("/mute", "Content-Security-Policy", "connect-src 'none'");
        open(browser, shop.url("/mute"))
                .await(told("blocked by this page's Content-Security-Policy (connect-src"))
                .await(told("add " + product.edgeUrl()));
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void anExtensionBlocks(Browser browser) {
        shop.raw(
                "/blocked",
                page(
                        connected,
                        "<script>fetch = function () { return Promise.reject(new TypeError('blocked')) }</script>"));
        open(browser, shop.url("/blocked")).await(told("an extension, a content filter or the network"));
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void thePageIsOfAnotherOriginThanTheRegisteredOne(Browser browser) throws LoadtestFailure {
        String id = product.admin()
                .create(
                        "/integrations",
                        new JsonObject()
                                .put("type", "custom")
                                .put(
                                        "origin",
                                        "https://www.shop"
                                                + UUID.randomUUID().toString().substring(0, 8) + ".example")
                                .put("name", "Elsewhere"))
                .getString("id");
        fresh.raw("/strange", page(id, ""));
        open(browser, fresh.url("/strange")).await(told("wrong origin"));
        assertThat(browser.errors()).isEmpty();

        // Until the edge hears of the integration its near misses are nobody's.
        browser.run(
                "setInterval(function () { influtrace('order', {orderId: 'S' + Math.random(), value: 1, currency: 'USD'}) }, 300)");
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> refused(id).containsKey("got"),
                () -> refused(id).encode());
        JsonObject refused = refused(id);
        assertThat(refused.getString("code")).isEqualTo("no_pixel_activity");
        assertThat(refused.getString("got")).isEqualTo(fresh.url(""));
        assertThat(refused.getString("expected")).startsWith("https://www.shop");
    }

    @InEachBrowser
    void theIntegrationIsPending(Browser browser) {
        fresh.raw("/", page(pending, ""));
        open(browser, fresh.url("/")).await(told("is pending")).await(told("/verify"));
    }

    @InEachBrowser
    void consentIsWithheld(Browser browser) {
        shop.raw(
                "/asked",
                page(connected, "<script>later = function () { influtrace('debug') }</script>")
                        .replace(DEBUG, "<script>influtrace('consent', 'required')</script>"));
        browser.open(shop.url("/asked")).run("localStorage.clear()");
        browser.open(shop.url("/asked"))
                .await("document.readyState == 'complete'")
                .run("later()");
        browser.await(told("consent: withheld"));
        browser.run("influtrace('consent', 'denied')").open(shop.url("/asked"));
        browser.await("document.readyState == 'complete'").run("later()");
        browser.await(told("the visitor said 'denied'")).run("localStorage.clear()");
    }

    private static JsonObject refused(String id) {
        try {
            return product.admin()
                    .post("/integrations/" + id + "/verify", new JsonObject())
                    .json();
        } catch (LoadtestFailure gone) {
            throw new AssertionError(gone);
        }
    }

    private static String page(String integration, String before) {
        return CONSOLE + before + Snippet.of(product.edgeUrl(), integration) + DEBUG;
    }

    private static Browser open(Browser browser, String url) {
        return browser.open(url);
    }

    private static String told(String words) {
        return "told.some(function (line) { return line.indexOf("
                + new JsonArray().add(words).encode() + "[0]) >= 0 })";
    }
}
