package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * Pages that break, replace or forbid what the pixel stands on: the order still arrives once, and no page error. Each is
 * a frame of a plain page, since the browser's driver stands on the same things.
 */
class PixelHostilePageTest {

    private static final String ORDER =
            "<script>influtrace('order', {orderId:'O-1', value:79, currency:'USD', coupon:'AVA10', items:[{sku:'a'}]})</script>";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void localStorageThatThrows(Browser browser) {
        survives(browser, "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})");
        assertThat(browser.value("document.cookie")).asString().contains("influtrace=,ava," + PixelOrderTest.TOKEN);
    }

    @InEachBrowser
    void storageThatIsFull(Browser browser) {
        // Five million characters is where both engines end; the last ones go in one by one.
        survives(
                browser,
                "for (var size = 1 << 22; size; size >>= 1) for (var i = 0; i < 3; i++)"
                        + " try { localStorage['filler' + size + i] = 'x'.repeat(size) } catch (full) {}");
    }

    @InEachBrowser
    void neitherStorageNorCookies(Browser browser) {
        survives(
                browser,
                "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }});"
                        + "Object.defineProperty(document, 'cookie', {get() { throw 1 }, set() { throw 1 }})");
    }

    @InEachBrowser
    void noFetchAtAll(Browser browser) {
        survives(browser, "window.fetch = undefined");
    }

    @InEachBrowser
    void fetchThatThrows(Browser browser) {
        survives(browser, "window.fetch = function () { throw new Error('patched') }");
    }

    @InEachBrowser
    void fetchThatReturnsNothing(Browser browser) {
        survives(browser, "window.fetch = function () {}");
    }

    @InEachBrowser
    void historyThatIsFrozen(Browser browser) {
        survives(browser, "history.replaceState = function () { throw new Error('frozen') }; Object.freeze(history)");
    }

    @InEachBrowser
    void prototypesThatArePolluted(Browser browser) {
        survives(
                browser,
                "Object.prototype.headers = {'X-Evil': '1'}; Object.prototype.signal = 'x'; Object.prototype.customer = 'x';"
                        + "Object.prototype.discount = '5'; Object.prototype.toJSON = function () { return 'x' };"
                        + "Array.prototype.evil = function () {}; Array.prototype.toJSON = function () { return 'x' }");
        assertThat(edge.received("orders").get(0).json().containsKey("discount"))
                .isFalse();
        assertThat(edge.received("orders").get(0).headers().contains("X-Evil")).isFalse();
    }

    @InEachBrowser
    void jsonThatIsReplaced(Browser browser) {
        survives(browser, "JSON.stringify = function () { return 'evil' }; JSON.parse = function () { throw 1 }");
    }

    @InEachBrowser
    void promiseThatIsReplaced(Browser browser) {
        survives(browser, "window.Promise = function () { throw new Error('mine') }");
    }

    @InEachBrowser
    void consoleThatIsGone(Browser browser) {
        survives(browser, "window.console = null");
    }

    @InEachBrowser
    void stacksThatAreCutOff(Browser browser) {
        survives(browser, "Error.stackTraceLimit = 0; Error.prepareStackTrace = function () { return '' }");
    }

    @InEachBrowser
    void aTagManagerThatHidesWhichScriptIsOurs(Browser browser) {
        survives(
                browser,
                "Object.defineProperty(document, 'currentScript', {get() { return null }});"
                        + "new MutationObserver(function (all) { all.forEach(function (one) {"
                        + " one.addedNodes.forEach(function (node) { if (node.src) setTimeout(function () { node.remove() }) })"
                        + "})}).observe(document, {subtree: true, childList: true})");
    }

    @InEachBrowser
    void aSnippetThatIsThereTwice(Browser browser) {
        shop.raw(
                "/shop",
                Snippet.of(edge.url(), ShopPages.INTEGRATION) + Snippet.of(edge.url(), ShopPages.INTEGRATION) + ORDER);
        oneOrder(browser);
    }

    @InEachBrowser
    void aPageThatSendsNoReferrer(Browser browser) {
        shop.page("/shop", edge, ORDER).header("/shop", "Referrer-Policy", "no-referrer");
        oneOrder(browser);
        assertThat(edge.received("orders").get(0).headers().get("Origin") + "/").isEqualTo(shop.url("/"));
        assertThat(edge.received("orders").get(0).headers().contains("Referer")).isFalse();
    }

    @InEachBrowser
    void callsThatMakeNoSense(Browser browser) {
        String nonsense = "<script>influtrace(); influtrace('nonsense', 1); influtrace('attribution');"
                + "influtrace(null, null); influtrace('survey'); influtrace('__proto__', 1); influtrace('toString');"
                + "influtrace('order', {get orderId() { throw new Error('mean') }});"
                + "var round = {sku: 'a'}; round.self = round; influtrace.q.push(7);</script>";
        shop.page(
                "/shop",
                edge,
                nonsense
                        + "<script>influtrace('order', {orderId: 77, value: 0.1 + 0.2, currency: 'USD', items: [round]})</script>");

        open(browser);
        edge.await("orders", 1);
        JsonObject order = edge.received("orders").get(0).json();
        assertThat(order.getString("orderId")).isEqualTo("77");
        assertThat(order.getString("value")).isEqualTo("0.3");
        assertThat(order.getJsonArray("items").getJsonObject(0).getString("sku"))
                .isEqualTo("a");
        noErrors(browser);
    }

    @InEachBrowser
    void textThatNeedsEscaping(Browser browser) {
        shop.page(
                "/shop",
                edge,
                "<script>influtrace('order', {orderId: 'é\"\\\\\\n/😀', value: '1', currency: 'USD', coupon: ['A', 'ü']})</script>");

        open(browser);
        JsonObject order = edge.await("orders", 1).get(0).json();
        assertThat(order.getString("orderId")).isEqualTo("é\"\\\n/😀");
        assertThat(order.getJsonArray("coupon")).hasToString("[\"A\",\"ü\"]");
    }

    @InEachBrowser
    void anOrderTooLargeGoesWithoutItsItems(Browser browser) {
        shop.page(
                "/shop",
                edge,
                "<script>influtrace('order', {orderId: 'BIG', value: '1', currency: 'USD',"
                        + " items: Array(100).fill({sku: 'x'.repeat(300)})})</script>");

        open(browser);
        Beacon beacon = edge.await("orders", 1).get(0);
        assertThat(beacon.body()).hasSizeLessThan(16_384);
        assertThat(beacon.json().getString("value")).isEqualTo("1");
        assertThat(beacon.json().containsKey("items")).isFalse();
    }

    @InEachBrowser
    void aSandboxedFrameWithoutAnOriginOfItsOwn(Browser browser) {
        String inner = (Snippet.of(edge.url(), ShopPages.INTEGRATION) + ORDER).replace("\"", "&quot;");
        shop.raw("/shop", "<iframe sandbox='allow-scripts' srcdoc=\"" + inner + "\"></iframe>");
        open(browser);
        edge.await("orders", 1);
        oneCame();
        assertThat(edge.received("orders").get(0).headers().get("Origin")).isEqualTo("null");
    }

    @InEachBrowser
    void aPolicyThatForbidsTheScript(Browser browser) {
        shop.page("/shop", edge, ORDER).header("/shop", "Content-Security-Policy", "script-src 'unsafe-inline'");
        open(browser).await("document.readyState == 'complete'");
        assertThat(edge.received("orders")).isEmpty();
        noErrors(browser);
    }

    @InEachBrowser
    void aPolicyThatForbidsSendingKeepsTheOrderForAnotherPage(Browser browser) {
        shop.page("/shop", edge, ORDER).header("/shop", "Content-Security-Policy", "connect-src 'none'");
        shop.page("/next", edge, "");
        open(browser).await("localStorage['influtrace:int_shop/orders:O-1']");
        noErrors(browser);

        browser.open(shop.url("/next"));
        assertThat(edge.await("orders", 1).get(0).json().getString("orderId")).isEqualTo("O-1");
    }

    private void survives(Browser browser, String before) {
        shop.raw("/shop", "<script>" + before + "</script>" + Snippet.of(edge.url(), ShopPages.INTEGRATION) + ORDER);
        oneOrder(browser);
    }

    private Browser open(Browser browser) {
        shop.raw("/", "<iframe src='/shop?ref=ava&itc=" + PixelOrderTest.TOKEN + "'></iframe>");
        return browser.open(shop.url("/")).await("document.readyState == 'complete'");
    }

    private void noErrors(Browser browser) {
        assertThat(browser.value("frames[0].errors.length")).isEqualTo(0L);
    }

    private void oneOrder(Browser browser) {
        open(browser);
        edge.await("orders", 1);
        browser.run("frames[0].dispatchEvent(new Event('online')); frames[0].dispatchEvent(new Event('pageshow'))");
        browser.run("frames[0].influtrace('order', {orderId: 'END'})");
        edge.await("orders", 2);
        oneCame();
        noErrors(browser);
    }

    private void oneCame() {
        List<Beacon> orders = edge.received("orders").stream()
                .filter(beacon -> !"END".equals(beacon.json().getString("orderId")))
                .toList();
        JsonObject order = orders.get(0).json();
        assertThat(orders).hasSize(1);
        assertThat(order.getString("orderId")).isEqualTo("O-1");
        assertThat(order.getString("value")).isEqualTo("79");
        assertThat(order.getJsonArray("items").getJsonObject(0).getString("sku"))
                .isEqualTo("a");
        assertThat(edge.preflights()).isEmpty();
    }
}
