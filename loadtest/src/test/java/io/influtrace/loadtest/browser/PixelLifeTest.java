package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.WindowType;

/** Networks that go and come, pages that sleep, wake up, open twice, or are loaded before anybody looks. */
class PixelLifeTest {

    private static final String ORDER = "<script>influtrace('order', {orderId:'O', value:1, currency:'USD'})</script>";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void anOrderPlacedOfflineGoesOutOnceTheNetworkIsBack(Browser browser) {
        shop.page("/", edge, "");
        browser.open(shop.url("/")).await("document.readyState == 'complete' && !influtrace.q.pop");
        edge.await("ping", 1);

        edge.goAway();
        browser.run("influtrace('order', {orderId: 'O', value: 1, currency: 'USD'})");
        browser.await("localStorage['influtrace:int_shop/orders:O']");
        edge.comeBack();
        browser.run("dispatchEvent(new Event('online'))");

        assertThat(edge.await("orders", 1).get(0).json().getString("orderId")).isEqualTo("O");
        sent(browser);
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void goingBackToTheConfirmationPageTriesAgain(Browser browser) {
        edge.willAnswer(Answer.UNAVAILABLE);
        shop.page("/", edge, ORDER).raw("/away", "");
        browser.open(shop.url("/"));
        edge.await("orders", 1);
        browser.open(shop.url("/away")).driver().navigate().back();

        edge.await("orders", 2);
        sent(browser);
        browser.driver().navigate().forward();
        browser.driver().navigate().back();
        sent(browser);
        assertThat(edge.received("orders")).hasSize(2);
    }

    @InEachBrowser
    void aConfirmationPageThatIsLeftBeforeThePixelHadItsTurnKeepsTheOrder(Browser browser) {
        // Timers that never come are a main thread that the page keeps busy until it goes.
        shop.raw(
                        "/",
                        "<script>window.setTimeout = function () { return 1 }</script>"
                                + Snippet.of(edge.url(), ShopPages.INTEGRATION)
                                + ORDER)
                .page("/next", edge, "");
        browser.open(shop.url("/?ref=ava&itc=" + PixelOrderTest.TOKEN)).await("document.readyState == 'complete'");
        assertThat(edge.received("orders")).isEmpty();
        assertThat(browser.value("localStorage.length")).isEqualTo(0L);

        browser.open(shop.url("/next"));
        assertThat(edge.await("orders", 1).get(0).json().getJsonArray("tokens")).containsExactly(PixelOrderTest.TOKEN);
        sent(browser);
        assertThat(edge.received("orders")).hasSize(1);
    }

    @InEachBrowser
    void anOrderInTheSameBreathAsThePagesLeavingIsSent(Browser browser) {
        shop.page("/", edge, "").raw("/away", "");
        browser.open(shop.url("/")).await("document.readyState == 'complete' && !influtrace.q.pop");
        edge.await("ping", 1);

        browser.run(
                "setTimeout = function () { return 1 }; influtrace('order', {orderId: 'O', value: 1, currency: 'USD'});"
                        + " location.href = '/away'");
        assertThat(edge.await("orders", 1).get(0).json().getString("orderId")).isEqualTo("O");
    }

    @InEachBrowser
    void twoTabsOfOneConfirmationPageTellOneOrder(Browser browser) {
        shop.page("/", edge, ORDER);
        String first = browser.driver().getWindowHandle();
        browser.open(shop.url("/"));
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(shop.url("/"));
        sent(browser);
        browser.open(shop.url("/"));
        browser.driver().close();
        browser.driver().switchTo().window(first);

        List<Beacon> orders = edge.received("orders");
        assertThat(orders).hasSizeBetween(1, 2);
        assertThat(orders)
                .allSatisfy(one -> assertThat(one.json().getString("orderId")).isEqualTo("O"));
    }

    @InEachBrowser
    void aPageLoadedAheadOfItsVisitKeepsStillUntilItIsShown(Browser browser) {
        shop.raw(
                "/",
                "<script>Object.defineProperty(document, 'prerendering', {value: true, configurable: true})</script>"
                        + Snippet.of(edge.url(), ShopPages.INTEGRATION) + ORDER);
        browser.open(shop.url("/?ref=ava&itc=" + PixelOrderTest.TOKEN)).await("document.readyState == 'complete'");
        assertThat(edge.received("ping")).isEmpty();
        assertThat(edge.received("orders")).isEmpty();
        assertThat(browser.value("localStorage.length")).isEqualTo(0L);

        browser.run("Object.defineProperty(document, 'prerendering', {value: false});"
                + "document.dispatchEvent(new Event('prerenderingchange'))");
        edge.await("orders", 1);
        edge.await("ping", 1);
        browser.await("location.search == '?ref=ava'");
    }

    @InEachBrowser
    void chromiumsOwnPrerenderingSendsNothing(Browser browser) {
        Assumptions.assumeTrue(browser.engine() == Engine.CHROMIUM, "only Chromium loads pages ahead of a visit");
        shop.raw(
                "/",
                "<script type=speculationrules>{\"prerender\": [{\"urls\": [\"/thanks\"], \"eagerness\": \"immediate\"}]}"
                        + "</script><a id=go href=/thanks>go</a>");
        shop.page("/thanks", edge, ORDER + "<script>new Image().src = '/shown?' + document.prerendering</script>");
        browser.open(shop.url("/"));
        shop.await("/shown?true");
        assertThat(edge.received("orders")).isEmpty();
        assertThat(edge.received("ping")).isEmpty();

        browser.run("document.getElementById('go').click()");
        edge.await("orders", 1);
        edge.await("ping", 1);
    }

    private static void sent(Browser browser) {
        browser.await("/^\\d+$/.test(localStorage['influtrace:int_shop/orders:O'])");
    }
}
