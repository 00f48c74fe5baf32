package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An order stays in the browser until the edge has taken it or has finally refused it. */
class PixelRetryTest {

    private static final String ORDER = "<script>influtrace('order', {orderId:'O', value:1, currency:'USD'})</script>";

    /** Time that runs a hundred times as fast, and remembers every pause that the pixel asked for. */
    private static final String FAST =
            "<script>var pauses = [], real = setTimeout; setTimeout = function (work, pause) {"
                    + " if (pause && /influtrace|readyState/.test(work)) pauses.push(pause); return real(work, (pause || 0) / 100) }</script>";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void whatIsNotAnsweredIsTriedAgainAfterLongerAndLongerPauses(Browser browser) {
        edge.willAnswer(Answer.UNAVAILABLE, Answer.UNKNOWN, Answer.UNAVAILABLE, Answer.UNAVAILABLE);
        shop.raw("/", FAST + snippet());
        browser.open(shop.url("/"));
        edge.await("ping", 1);
        browser.await("Object.keys(localStorage).some(function (key) { return /^\\d+$/.test(localStorage[key]) })");
        browser.run("influtrace('order', {orderId: 'O', value: 1, currency: 'USD'})");

        List<Beacon> tries = edge.await("orders", 5);
        sent(browser);

        assertThat(tries)
                .allSatisfy(one -> assertThat(one.json().getString("orderId")).isEqualTo("O"));
        assertThat(tries.get(4).json().getLong("ageMs"))
                .isGreaterThan(tries.get(0).json().getLong("ageMs"));
        for (int round = 0; round < 4; round++) {
            double least = 5_000 * Math.pow(2, round);
            assertThat(((Number) browser.value("pauses[" + round + "]")).doubleValue())
                    .isBetween(least, 2 * least);
        }
        assertThat(browser.errors()).isEmpty();
    }

    @InEachBrowser
    void aRetryAfterHoldsAlsoOnTheNextPage(Browser browser) {
        edge.willAnswer(Answer.unavailableFor(600));
        shop.raw("/", FAST + snippet() + ORDER).raw("/next", FAST + snippet());
        shop.raw(
                "/later",
                "<script>var now = Date.now; Date.now = function () { return now() + 601e3 }</script>" + snippet());

        browser.open(shop.url("/")).await("pauses.length > 0");
        assertThat(((Number) browser.value("pauses[0]")).doubleValue()).isBetween(600_000.0, 1_200_000.0);
        browser.open(shop.url("/next")).await("pauses.length > 0");
        assertThat(edge.received("orders")).hasSize(1);

        browser.open(shop.url("/later"));
        assertThat(edge.await("orders", 2).get(1).json().getLong("ageMs")).isGreaterThan(600_000L);
    }

    @InEachBrowser
    void theNextPageTriesAtOnceWithoutWaitingForTheLastOnesPause(Browser browser) {
        edge.willAnswer(Answer.UNAVAILABLE, Answer.UNAVAILABLE);
        shop.page("/", edge, ORDER).page("/next", edge, "");

        browser.open(shop.url("/"));
        edge.await("orders", 1);
        browser.open(shop.url("/next"));
        edge.await("orders", 2);
        browser.run("dispatchEvent(new Event('online'))");
        edge.await("orders", 3);
        sent(browser);
    }

    @InEachBrowser
    void aFinalRefusalIsNotRepeatedButTheNextCallIs(Browser browser) {
        edge.willAnswer(Answer.PENDING);
        shop.page("/", edge, ORDER).page("/next", edge, "");

        browser.open(shop.url("/")).await("document.readyState == 'complete'");
        edge.await("orders", 1);
        browser.await("!localStorage['influtrace:int_shop/orders:O']").open(shop.url("/next"));
        browser.await("document.readyState == 'complete'").run("dispatchEvent(new Event('online'))");
        assertThat(edge.received("orders")).hasSize(1);

        browser.open(shop.url("/"));
        edge.await("orders", 2);
        sent(browser);
    }

    @InEachBrowser
    void aConnectionThatIsCutBeforeItsAnswerLosesNothing(Browser browser) {
        edge.willAnswer(Answer.CUT, Answer.CUT, Answer.CUT, Answer.CUT);
        shop.raw("/", FAST + snippet() + ORDER);

        browser.open(shop.url("/"));
        sent(browser);
        assertThat(edge.received("orders")).hasSizeGreaterThanOrEqualTo(5);
    }

    @InEachBrowser
    void anOrderOlderThanSevenDaysIsGivenUp(Browser browser) {
        edge.willAnswer(Answer.UNAVAILABLE);
        shop.page("/", edge, ORDER);
        shop.raw(
                "/late",
                "<script>var now = Date.now; Date.now = function () { return now() + 6048e5 }</script>" + snippet());

        browser.open(shop.url("/"));
        edge.await("orders", 1);
        browser.open(shop.url("/late")).await("!localStorage['influtrace:int_shop/orders:O']");
        assertThat(edge.received("orders")).hasSize(1);
    }

    @InEachBrowser
    void aPageThatIsLeftAtOnceStillSendsItsOrder(Browser browser) {
        shop.raw(
                "/",
                snippet() + ORDER
                        + "<script>setInterval(function () { if (!influtrace.q.pop) location.href = '/away' })</script>");
        shop.raw("/away", "");

        browser.open(shop.url("/")).await("location.pathname == '/away'");
        assertThat(edge.await("orders", 1).get(0).json().getString("orderId")).isEqualTo("O");
    }

    @InEachBrowser
    void whatIsUnderWayIsNotSentTwice(Browser browser) {
        shop.page(
                "/",
                edge,
                ORDER + "<script>for (var i = 0; i < 9; i++) setTimeout(function () {"
                        + "dispatchEvent(new Event('online')); dispatchEvent(new Event('pageshow')) })</script>");

        browser.open(shop.url("/"));
        sent(browser);
        browser.run("influtrace('order', {orderId: 'END', value: 1, currency: 'USD'})");
        edge.await("orders", 2);
        assertThat(edge.received("orders"))
                .extracting(one -> one.json().getString("orderId"))
                .containsExactly("O", "END");
    }

    private String snippet() {
        return Snippet.of(edge.url(), ShopPages.INTEGRATION);
    }

    private static void sent(Browser browser) {
        browser.await("/^\\d+$/.test(localStorage['influtrace:int_shop/orders:O'])");
    }
}
