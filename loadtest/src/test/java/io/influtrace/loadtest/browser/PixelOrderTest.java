package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

/** Orders reach the edge once, whole, in both public forms, whenever the page tells them. */
class PixelOrderTest {

    static final String TOKEN = "A".repeat(30) + "_-" + "b".repeat(22);
    private static final String ORDER = "{orderId:'ORDER-1234', value:79.00, currency:'USD', coupon:'CREATOR10'}";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void theSnippetsQueueCarriesAnOrderWithTheClickThatBroughtTheShopper(Browser browser) {
        shop.page("/", edge, "<h1>landing</h1>");
        shop.page("/thanks", edge, "<script>influtrace('order', " + ORDER + ");</script>");

        browser.open(shop.url("/?x=1&ref=ava&itc=" + TOKEN + "#top"));
        browser.await("location.search == '?x=1&ref=ava'");
        browser.open(shop.url("/thanks"));

        Beacon beacon = edge.await("orders", 1).get(0);
        JsonObject order = beacon.json();
        assertThat(beacon.path()).isEqualTo("/api/v1/integrations/custom/int_shop/orders");
        assertThat(beacon.headers().get("Content-Type")).startsWith("text/plain");
        assertThat(beacon.headers().get("Origin") + "/thanks").isEqualTo(shop.url("/thanks"));
        assertThat(order.getString("orderId")).isEqualTo("ORDER-1234");
        assertThat(order.getString("value")).isEqualTo("79");
        assertThat(order.getString("currency")).isEqualTo("USD");
        assertThat(order.getString("coupon")).isEqualTo("CREATOR10");
        assertThat(order.getJsonArray("tokens")).isEqualTo(new JsonArray().add(TOKEN));
        assertThat(order.getString("ref")).isEqualTo("ava");
        assertThat(order.getLong("ageMs")).isBetween(0L, 60_000L);
        assertThat(browser.value("location.hash")).isEqualTo("");
        assertThat(edge.preflights()).isEmpty();
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void anOrderLaidDownAsAnObjectIsSeenBeforeDuringAndAfterLoad(Browser browser) {
        shop.raw(
                "/before",
                "<script>window.influtraceOrder = {orderId:'B', value:1, currency:'USD'};</script>"
                        + Snippet.of(edge.url(), ShopPages.INTEGRATION));
        shop.page("/during", edge, "<script>window.influtraceOrder = {orderId:'D', value:1, currency:'USD'};</script>");
        shop.page("/after", edge, "");

        browser.open(shop.url("/before"));
        edge.await("orders", 1);
        sent(browser, "B").open(shop.url("/during"));
        edge.await("orders", 2);
        sent(browser, "D");
        browser.open(shop.url("/after")).await("document.readyState == 'complete' && !influtrace.q.pop");
        browser.run("influtraceOrder = {}; influtraceOrder.orderId = 'A'; influtraceOrder.value = '1'");

        assertThat(edge.await("orders", 3))
                .extracting(beacon -> beacon.json().getString("orderId"))
                .containsExactly("B", "D", "A");
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void aReloadedConfirmationPageSendsTheOrderOnce(Browser browser) {
        shop.page("/thanks", edge, "<script>influtrace('order', " + ORDER + ");</script>");
        shop.page("/next", edge, "<script>influtrace('order', {orderId:'NEXT', value:1, currency:'USD'});</script>");

        browser.open(shop.url("/thanks"));
        edge.await("orders", 1);
        sent(browser, "ORDER-1234");
        browser.open(shop.url("/thanks")).open(shop.url("/thanks")).open(shop.url("/next"));

        assertThat(edge.await("orders", 2))
                .extracting(beacon -> beacon.json().getString("orderId"))
                .containsExactly("ORDER-1234", "NEXT");
    }

    /** Waits for the mark: a page left before the answer rightly has its order sent again by the next. */
    private static Browser sent(Browser browser, String order) {
        return browser.await("/^\\d+$/.test(localStorage['influtrace:int_shop/orders:" + order + "'])");
    }
}
