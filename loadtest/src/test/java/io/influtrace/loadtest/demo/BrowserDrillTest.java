package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.Engine;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.browser.ShopPages;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.chromium.HasNetworkConditions;

/**
 * Drill 20: what browsers and their people do to a confirmation page, against both jars. Each line ends in the number of
 * orders that the worker counted: one, or none with its reason; no page error, no preflight.
 */
class BrowserDrillTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Time that runs a hundred times as fast, for the pauses between tries. */
    private static final String FAST =
            "<script>var slow = setTimeout; setTimeout = function (work, pause) { return slow(work, (pause || 0) / 100) }</script>";

    @TempDir
    static Path folder = Path.of("");

    private static final Running RUNNING = new Running();
    private static AdminApi admin;
    private static Gate gate;
    private static ShopPages shop;
    private static String integration = "";

    private String line = "";
    private String order = "";

    @BeforeAll
    static void deploy() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        Deployment product = Deployment.onRedis(folder);
        RUNNING.add(product::close);
        admin = product.admin();
        Vertx vertx = RUNNING.add(Vertx.vertx());
        gate = Gate.before(vertx, product.edgeUrl());
        shop = ShopPages.start(vertx);
        shop.raw("/plain", "");
        Seed seed = new Seed(admin, product.edgeUrl(), shop.url(""));
        integration = seed.sow();
        seed.connect(integration);
    }

    @BeforeEach
    void name(TestInfo test) {
        line = test.getTestMethod().map(Method::getName).orElse("");
    }

    @AfterAll
    static void stop() {
        RUNNING.stop();
    }

    @InEachBrowser
    void aTabIsClosedMidOrder(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/thanks", snippet() + call()).raw("/", snippet());
        gate.refuse(1);
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(shop.url("/thanks"));
        gate.awaitOrders(1);
        browser.driver().close();
        browser.driver().switchTo().window(first);
        browser.open(shop.url("/"));
        one(browser, "unattributed");
    }

    @InEachBrowser
    void theNetworkGoesAndComesBack(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/", snippet());
        browser.open(shop.url("/")).await("document.readyState == 'complete' && !influtrace.q.pop");
        if (browser.driver() instanceof HasNetworkConditions chromium) {
            ChromiumNetworkConditions gone = new ChromiumNetworkConditions();
            gone.setOffline(true);
            chromium.setNetworkConditions(gone);
            browser.run(command()).await(waits());
            chromium.deleteNetworkConditions();
            browser.run("dispatchEvent(new Event('online'))");
        } else {
            gate.goAway();
            browser.run(command()).await(waits());
            gate.comeBack();
            browser.run("dispatchEvent(new Event('online'))");
        }
        one(browser, "unattributed");
    }

    @InEachBrowser
    void theServerIsUnavailableThreeTimes(Browser browser) throws LoadtestFailure {
        begin(browser);
        gate.refuse(3);
        shop.raw("/thanks", FAST + snippet() + call());
        browser.open(shop.url("/thanks"));
        gate.awaitOrders(4);
        one(browser, "unattributed");
    }

    @InEachBrowser
    void twoAnswersAreLostOnTheirWayBack(Browser browser) throws LoadtestFailure {
        begin(browser);
        gate.loseAnswers(2);
        shop.raw("/thanks", FAST + snippet() + call());
        browser.open(shop.url("/thanks"));
        gate.awaitOrders(3);
        one(browser, "unattributed");
    }

    @InEachBrowser
    void twoTabsShowTheConfirmation(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/thanks", snippet() + call());
        String first = browser.driver().getWindowHandle();
        browser.open(shop.url("/thanks"));
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.open(shop.url("/thanks")).await(sent());
        browser.driver().close();
        browser.driver().switchTo().window(first);
        one(browser, "unattributed");
    }

    @InEachBrowser
    void theSnippetIsThereTwice(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/thanks", snippet() + snippet() + call());
        browser.open(shop.url("/thanks"));
        one(browser, "unattributed");
    }

    @InEachBrowser
    void theConfirmationIsReloaded(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/thanks", snippet() + call());
        browser.open(shop.url("/thanks"));
        for (int again = 0; again < 3; again++) {
            browser.driver().navigate().refresh();
        }
        one(browser, "unattributed");
    }

    @InEachBrowser
    void theBackButtonReturnsToTheConfirmation(Browser browser) throws LoadtestFailure {
        begin(browser);
        gate.refuse(1);
        shop.raw("/thanks", snippet() + call());
        browser.open(shop.url("/thanks"));
        gate.awaitOrders(1);
        browser.open(shop.url("/plain")).driver().navigate().back();
        gate.awaitOrders(2);
        one(browser, "unattributed");
    }

    @InEachBrowser
    void thePageIsLoadedAheadOfItsVisit(Browser browser) throws LoadtestFailure {
        begin(browser);
        if (browser.engine() == Engine.CHROMIUM) {
            String shown = "/shown-" + order;
            shop.raw(
                    "/",
                    "<script type=speculationrules>{\"prerender\": [{\"urls\": [\"/thanks\"], \"eagerness\":"
                            + " \"immediate\"}]}</script><a id=go href=/thanks>go</a>");
            shop.raw("/thanks", snippet() + call() + "<script>new Image().src = '" + shown + "'</script>");
            browser.open(shop.url("/"));
            shop.await(shown);
            assertThat(gate.orders()).isZero();
            browser.run("document.getElementById('go').click()");
        } else {
            shop.raw(
                    "/thanks",
                    "<script>Object.defineProperty(document, 'prerendering', {value: true, configurable: true})</script>"
                            + snippet() + call());
            browser.open(shop.url("/thanks")).await("document.readyState == 'complete'");
            assertThat(gate.orders()).isZero();
            browser.run("Object.defineProperty(document, 'prerendering', {value: false});"
                    + "document.dispatchEvent(new Event('prerenderingchange'))");
        }
        one(browser, "unattributed");
    }

    @InEachBrowser
    void aRouterCleansTheAddressFirst(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/", "<script>history.replaceState({}, '', '/home')</script>" + snippet() + call());
        browser.open(gate.url() + "/p/" + Seed.SLUG + "/ava").await("location.pathname == '/home'");
        one(browser, "credited");
    }

    @InEachBrowser
    void storageIsBlocked(Browser browser) throws LoadtestFailure {
        hostile(browser, "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})");
    }

    @InEachBrowser
    void storageIsFull(Browser browser) throws LoadtestFailure {
        hostile(
                browser,
                "for (var size = 1 << 22; size; size >>= 1) for (var i = 0; i < 3; i++)"
                        + " try { localStorage['filler' + size + i] = 'x'.repeat(size) } catch (full) {}");
    }

    @InEachBrowser
    void neitherStorageNorCookiesAreThere(Browser browser) throws LoadtestFailure {
        hostile(
                browser,
                "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }});"
                        + "Object.defineProperty(document, 'cookie', {get() { throw 1 }, set() { throw 1 }})");
    }

    @InEachBrowser
    void globalsAreHostile(Browser browser) throws LoadtestFailure {
        hostile(
                browser,
                "Object.prototype.headers = {'X-Evil': '1'}; Object.prototype.discount = '5';"
                        + "Array.prototype.toJSON = Object.prototype.toJSON = function () { return 'x' };"
                        + "Array.prototype.evil = function () {}; window.Promise = function () { throw new Error('mine') };"
                        + "JSON.stringify = function () { return 'evil' }; window.console = null;"
                        + "history.replaceState = function () { throw new Error('frozen') }; Object.freeze(history)");
    }

    @InEachBrowser
    void thePageSendsNoReferrer(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/quiet", snippet() + call()).header("/quiet", "Referrer-Policy", "no-referrer");
        browser.open(shop.url("/quiet"));
        one(browser, "unattributed");
    }

    @InEachBrowser
    void aStrictPolicyNamesTheEdge(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/strict", snippet() + call())
                .header(
                        "/strict",
                        "Content-Security-Policy",
                        "default-src 'none'; img-src data:; script-src 'unsafe-inline' " + gate.url() + "; connect-src "
                                + gate.url());
        browser.open(shop.url("/strict"));
        one(browser, "unattributed");
    }

    @InEachBrowser
    void aPolicyForbidsThePixel(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/closed", snippet() + call())
                .header("/closed", "Content-Security-Policy", "script-src 'unsafe-inline'");
        browser.open(shop.url("/closed")).await("document.readyState == 'complete'");
        none(browser, "the page's policy lets no script of ours run");
    }

    @InEachBrowser
    void aPolicyForbidsSendingOnOnePage(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/mute", snippet() + call()).header("/mute", "Content-Security-Policy", "connect-src 'none'");
        shop.raw("/", snippet());
        browser.open(shop.url("/mute")).await(waits());
        assertThat(gate.orders()).isZero();
        browser.open(shop.url("/"));
        one(browser, "unattributed");
    }

    @InEachBrowser
    void aFrameHasNoOriginOfItsOwn(Browser browser) throws LoadtestFailure {
        begin(browser);
        String inner = (snippet() + call()).replace("\"", "&quot;");
        shop.raw("/boxed", "<iframe sandbox='allow-scripts' srcdoc=\"" + inner + "\"></iframe>");
        browser.open(shop.url("/boxed"));
        gate.awaitOrders(1);
        none(browser, "origin_mismatch");
        String misses = "/integrations/" + integration + "/near-misses";
        assertThat(admin.get(misses).text()).contains("origin_mismatch", order);
    }

    @InEachBrowser
    void thePageIsOfAnotherOrigin(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw("/thanks", snippet() + call());
        browser.open(shop.url("/thanks").replace("localhost", "127.0.0.1"));
        gate.awaitOrders(1);
        none(browser, "origin_mismatch");
    }

    @InEachBrowser
    void theVisitorObjectsByGlobalPrivacyControl(Browser browser) throws LoadtestFailure {
        begin(browser);
        shop.raw(
                "/",
                "<script>Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})</script>" + snippet()
                        + call());
        browser.open(gate.url() + "/p/" + Seed.SLUG + "/ava").await("location.href.indexOf('itc=') < 0");
        one(browser, "unattributed");
        assertThat(browser.value("localStorage.influtrace === undefined")).isEqualTo(true);
    }

    /** A new order, in a browser that knows nothing of the ones before. */
    private void begin(Browser browser) {
        browser.open(shop.url("/plain")).run("localStorage.clear()");
        browser.driver().manage().deleteAllCookies();
        order = line + "-" + browser.engine();
        gate.forget();
    }

    /** A page does its worst in a frame, since the browser's driver stands on the same things; a click came before. */
    private void hostile(Browser browser, String before) throws LoadtestFailure {
        begin(browser);
        shop.raw("/frame", "<script>" + before + "</script>" + snippet() + call());
        shop.raw(
                "/",
                "<iframe></iframe><script>document.querySelector('iframe').src = '/frame' + location.search</script>");
        browser.open(gate.url() + "/p/" + Seed.SLUG + "/ava").await("frames[0].errors");
        one(browser, "credited");
        assertThat(browser.value("frames[0].errors.join()")).isEqualTo("");
    }

    private void one(Browser browser, String verdict) throws LoadtestFailure {
        settled(order);
        assertThat(counted(order)).as("orders %s", order).isEqualTo(1);
        JsonObject decided = admin.get("/orders/" + integration + "/" + order).json();
        assertThat(decided.getString("verdict")).isEqualTo(verdict);
        assertThat(decided.getString("value")).isEqualTo("20.00");
        clean(browser);
        System.out.printf("drill 20  %-50s 1 order, %s%n", order, verdict);
    }

    /** An order that is told after it has been settled; so this one would have been. */
    private void none(Browser browser, String reason) throws LoadtestFailure {
        clean(browser);
        String missing = order;
        order = order + "-after";
        shop.raw("/after", snippet() + call());
        browser.open(shop.url("/after"));
        settled(order);
        assertThat(counted(missing)).as("orders %s", missing).isZero();
        System.out.printf("drill 20  %-50s no order: %s%n", missing, reason);
        order = missing;
    }

    private static void settled(String order) throws LoadtestFailure {
        String path = "/orders/" + integration + "/" + order;
        assertThat(Patience.until(DEADLINE, () -> admin.get(path).fine()))
                .as("a verdict on %s; reports at the gate: %s", path, gate.orders())
                .isTrue();
    }

    private static long counted(String order) throws LoadtestFailure {
        return admin.list("/orders?limit=200&integration=" + integration).stream()
                .filter(one -> order.equals(one.getString("orderId")))
                .count();
    }

    private static void clean(Browser browser) {
        assertThat(browser.errors()).isEmpty();
        assertThat(gate.preflights()).isZero();
    }

    private static String snippet() {
        return Snippet.of(gate.url(), integration);
    }

    private String call() {
        return "<script>" + command() + "</script>";
    }

    private String command() {
        return "influtrace('order', {orderId: '" + order + "', value: 20, currency: 'USD'})";
    }

    private String key() {
        return "localStorage['influtrace:" + integration + "/orders:" + order + "']";
    }

    private String waits() {
        return "/,/.test(" + key() + ")";
    }

    private String sent() {
        return "/^\\d+$/.test(" + key() + ")";
    }
}
