package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

/** Nothing is kept and nothing personal goes out without the visitor's leave, but the order itself arrives. */
class PixelConsentTest {

    private static final String REQUIRED = "<script>influtrace('consent', 'required')</script>";
    private static final String ORDER = "<script>influtrace('order',"
            + " {orderId:'O', value:1, currency:'USD', coupon:'AVA10', customer:{email:'a@b.example'}})</script>";

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private final ShopPages shop = world.shop();

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void beforeConsentNothingIsStoredAndTheOrderGoesBare(Browser browser) {
        shop.page("/", edge, REQUIRED + ORDER);

        browser.open(click());
        bare(edge.await("orders", 1).get(0));
        browser.await("document.readyState == 'complete'");
        assertThat(browser.value("localStorage.length")).isEqualTo(0L);
        assertThat(browser.value("document.cookie")).isEqualTo("");
        assertThat(edge.received("ping")).isEmpty();
    }

    @InEachBrowser
    void onceGrantedTheTouchOfThisPageIsKeptForAllPages(Browser browser) {
        shop.page("/", edge, REQUIRED).page("/thanks", edge, REQUIRED + ORDER);

        browser.open(click()).await("location.search == '?ref=ava'");
        browser.run("influtrace('consent', 'granted')");
        edge.await("ping", 1);
        browser.open(shop.url("/thanks"));

        JsonObject order = edge.await("orders", 1).get(0).json();
        assertThat(order.getJsonArray("tokens")).containsExactly(PixelOrderTest.TOKEN);
        assertThat(order.getJsonObject("customer").getString("email")).isEqualTo("a@b.example");
    }

    @InEachBrowser
    void denialClearsWhatIsKeptAndOutlivesThePage(Browser browser) {
        shop.page("/", edge, "").page("/thanks", edge, ORDER);

        browser.open(click()).await("localStorage.influtrace.indexOf('" + PixelOrderTest.TOKEN + "') > 0");
        browser.run("influtrace('consent', 'denied')");
        assertThat(browser.value("localStorage.influtrace")).isEqualTo("denied");
        browser.open(shop.url("/thanks"));
        bare(edge.await("orders", 1).get(0));
        browser.open(click()).await("location.search == '?ref=ava'");
        assertThat(browser.value("localStorage.influtrace")).isEqualTo("denied");
    }

    @InEachBrowser
    void underGlobalPrivacyControlOnlyTheOrderAndItsCouponGoOut(Browser browser) {
        shop.raw(
                "/",
                "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})</script>"
                        + Snippet.of(edge.url(), ShopPages.INTEGRATION)
                        + "<script>influtrace('survey', {orderId: 'O', creator: 'ava'})</script>" + ORDER);

        browser.open(click()).await("location.search == '?ref=ava' && document.readyState == 'complete'");
        bare(edge.await("orders", 1).get(0));
        assertThat(edge.received("ping")).isEmpty();
        assertThat(edge.received("surveys")).isEmpty();
        assertThat(browser.value("localStorage.influtrace === undefined")).isEqualTo(true);
    }

    @InEachBrowser
    void aSurveyGoesWithTheVisitorsLeave(Browser browser) {
        shop.page(
                "/", edge, "<script>influtrace('survey', {orderId: 'O', creator: 'ava', channel: 'podcast'})</script>");

        browser.open(shop.url("/"));
        JsonObject survey = edge.await("surveys", 1).get(0).json();
        assertThat(survey.getString("orderId")).isEqualTo("O");
        assertThat(survey.getString("creator")).isEqualTo("ava");
        assertThat(survey.getString("channel")).isEqualTo("podcast");
    }

    private String click() {
        return shop.url("/?ref=ava&itc=" + PixelOrderTest.TOKEN);
    }

    private static void bare(Beacon beacon) {
        assertThat(beacon.json().fieldNames())
                .containsExactlyInAnyOrder("ageMs", "orderId", "value", "currency", "coupon");
    }
}
