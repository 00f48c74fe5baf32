package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** The click that brought a shopper is kept, told to the edge, and taken out of the address. */
class PixelTouchTest {

    private static final String ORDER = "<script>influtrace('order', {orderId:'O', value:1, currency:'USD'})</script>";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void tenTouchesAreKeptAndTheOldestGoes(Browser browser) {
        shop.page("/", edge, "").page("/thanks", edge, ORDER);
        List<String> tokens =
                IntStream.range(0, 12).mapToObj(PixelTouchTest::token).toList();
        for (String token : tokens) {
            browser.open(shop.url("/?ref=ava&itc=" + token)).await("location.search == '?ref=ava'");
        }
        browser.open(shop.url("/?ref=ben&itc=" + tokens.get(5))).await("location.search == '?ref=ben'");
        browser.open(shop.url("/thanks"));

        assertThat(edge.await("orders", 1).get(0).json().getJsonArray("tokens"))
                .containsExactlyElementsOf(tokens.subList(2, 12));
    }

    @InEachBrowser
    void aRouterThatCleansTheAddressFirstHidesNothing(Browser browser) {
        shop.raw(
                "/",
                "<script>history.replaceState({route: 'home'}, '', '/home')</script>"
                        + Snippet.of(edge.url(), ShopPages.INTEGRATION) + ORDER);

        browser.open(shop.url("/?ref=ava&itc=" + token(1)));
        Beacon order = edge.await("orders", 1).get(0);
        assertThat(order.json().getJsonArray("tokens")).containsExactly(token(1));
        assertThat(order.json().getString("ref")).isEqualTo("ava");
        assertThat(browser.value("location.pathname + location.search")).isEqualTo("/home");
        assertThat(browser.value("history.state.route")).isEqualTo("home");
    }

    @InEachBrowser
    void onlyTheClickLeavesTheAddress(Browser browser) {
        shop.page("/", edge, "");
        String itc = "itc=" + token(1);
        assertThat(addressAfter(browser, "/?" + itc)).isEqualTo("/");
        assertThat(addressAfter(browser, "/?" + itc + "#a?b=1")).isEqualTo("/#a?b=1");
        assertThat(addressAfter(browser, "/?a=1&ref=x&" + itc + "#top")).isEqualTo("/?a=1&ref=x#top");
        assertThat(addressAfter(browser, "/?" + itc + "&a=%20b+c")).isEqualTo("/?a=%20b+c");
    }

    @InEachBrowser
    void aPingGoesOnceADayAndAtEachNewClick(Browser browser) {
        shop.page("/", edge, "").page("/more", edge, "");
        shop.raw(
                "/tomorrow",
                "<script>var now = Date.now; Date.now = function () { return now() + 864e5 }</script>"
                        + Snippet.of(edge.url(), ShopPages.INTEGRATION));

        pinged(browser, "/", 1);
        browser.open(shop.url("/more")).open(shop.url("/more"));
        pinged(browser, "/?ref=ava&itc=" + token(1), 2);
        browser.open(shop.url("/more"));
        pinged(browser, "/tomorrow", 3);

        List<Beacon> pings = edge.received("ping");
        assertThat(pings).hasSize(3);
        assertThat(pings.get(0).json().containsKey("tokens")).isFalse();
        assertThat(pings.get(1).json().getJsonArray("tokens")).containsExactly(token(1));
        assertThat(pings.get(2).json().getJsonArray("tokens")).containsExactly(token(1));
        assertThat(edge.preflights()).isEmpty();
    }

    @InEachBrowser
    void aHeadlessStoreReadsTheTouchItself(Browser browser) {
        shop.page("/", edge, "<script>influtrace('attribution', function (touch) { window.touch = touch })</script>");

        browser.open(shop.url("/?ref=ava_b.2-c&itc=" + token(1))).await("window.touch");
        assertThat(browser.value("touch.ref")).isEqualTo("ava_b.2-c");
        assertThat(browser.value("touch.token")).isEqualTo(token(1));
    }

    @InEachBrowser
    void storageThatFailsLeavesTheTouchInACookieForTheNextPage(Browser browser) {
        String blocked = "<script>Object.defineProperty(window, 'localStorage', {get() { throw 1 }})</script>"
                + Snippet.of(edge.url(), ShopPages.INTEGRATION);
        shop.raw("/", blocked).raw("/thanks", blocked + ORDER);

        browser.open(shop.url("/?ref=ava&itc=" + token(1))).await("location.search == '?ref=ava'");
        browser.open(shop.url("/thanks"));
        assertThat(edge.await("orders", 1).get(0).json().getJsonArray("tokens")).containsExactly(token(1));
        assertThat(edge.received("orders").get(0).json().getString("ref")).isEqualTo("ava");
    }

    private static String token(int number) {
        return "token-" + "0".repeat(44) + (1000 + number);
    }

    private void pinged(Browser browser, String path, int count) {
        browser.open(shop.url(path));
        edge.await("ping", count);
        // Marked as sent, so that the next page knows.
        browser.await("Object.keys(localStorage).filter(function (key) { return /ping/.test(key)"
                + " && localStorage[key].indexOf(',') < 0 }).length == " + count);
    }

    private Object addressAfter(Browser browser, String path) {
        browser.open("about:blank").open(shop.url(path)).await("location.href.indexOf('itc') < 0");
        return browser.value("location.href.slice(location.origin.length)");
    }
}
