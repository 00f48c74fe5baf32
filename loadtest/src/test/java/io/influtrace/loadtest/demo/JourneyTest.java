package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** A shopper in a real browser, the product as it is deployed, and the verdict as a merchant reads it. */
class JourneyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    static Path folder = Path.of("");

    private static Deployment product;
    private static String integration = "";

    @BeforeAll
    static void deploy() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        product = Deployment.onRedis(folder);
        integration = product.openStore();
        product.connect(integration);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @InEachBrowser
    void aClickLandsBuysAndEarnsItsCreatorTheOrder(Browser browser) throws LoadtestFailure {
        click(browser, "ava");
        JsonObject order = verdict(buy(browser, product.storeUrl(), ""));

        assertThat(order.getString("verdict")).isEqualTo("credited");
        assertThat(order.getString("signal")).isEqualTo("link");
        assertThat(order.getJsonArray("credits")).hasSize(1);
        assertThat(order.getJsonArray("credits").getJsonObject(0).getString("creator"))
                .isEqualTo("ava");
        assertThat(order.getJsonArray("credits").getJsonObject(0).getString("commission"))
                .isEqualTo("2.40");
        assertThat(order.getString("explanation")).isNotBlank();
    }

    @InEachBrowser
    void theCodeOfAnotherCreatorTakesTheOrder(Browser browser) throws LoadtestFailure {
        click(browser, "ava");
        JsonObject order = verdict(buy(browser, product.storeUrl(), "BEN10"));

        assertThat(order.getString("signal")).isEqualTo("coupon");
        assertThat(order.getJsonArray("credits").getJsonObject(0).getString("creator"))
                .isEqualTo("ben");
        assertThat(order.getJsonArray("credits").getJsonObject(0).getString("value"))
                .isEqualTo("21.60");
    }

    @InEachBrowser
    void aShopperWhomNobodySentIsUnattributed(Browser browser) throws LoadtestFailure {
        // The store is one for all journeys here, so what the pixel kept of the others goes first.
        browser.open(product.storeUrl()).run("localStorage.clear()");
        browser.driver().manage().deleteAllCookies();
        JsonObject order = verdict(buy(browser, product.storeUrl(), ""));

        assertThat(order.getString("verdict")).isEqualTo("unattributed");
        assertThat(order.getString("reason")).isEqualTo("no_signal");
    }

    @InEachBrowser
    void anOrderFromAnotherOriginIsRefusedAndShowsAsANearMiss(Browser browser) throws LoadtestFailure {
        String id = buy(browser, product.strangeStoreUrl(), "AVA10");

        String misses = "/integrations/" + integration + "/near-misses";
        assertThat(Patience.until(
                        DEADLINE, () -> product.admin().get(misses).text().contains("origin_mismatch")))
                .isTrue();
        assertThat(product.admin().get(misses).text()).contains(product.strangeStoreUrl());
        assertThat(product.admin().get("/orders/" + integration + "/" + id).status())
                .isEqualTo(404);
    }

    @InEachBrowser
    void aReloadedConfirmationPageIsOneOrder(Browser browser) throws LoadtestFailure {
        click(browser, "ben");
        String id = buy(browser, product.storeUrl(), "");
        verdict(id);
        browser.driver().navigate().refresh();
        browser.await("document.readyState == 'complete'");

        JsonObject order = verdict(id);
        assertThat(order.getString("verdict")).isEqualTo("credited");
        assertThat(order.getJsonArray("credits")).hasSize(1);
    }

    private static void click(Browser browser, String creator) {
        browser.open(product.edgeUrl() + "/p/" + Seed.SLUG + "/" + creator);
        browser.await("location.origin == '" + product.storeUrl() + "'");
        browser.await("location.href.indexOf('itc=') < 0 && location.search.indexOf('ref=" + creator + "') > 0");
    }

    private static String buy(Browser browser, String store, String code) {
        browser.open(store + "/product/mug-fern");
        browser.driver().findElement(By.cssSelector("[data-add]")).click();
        browser.await("document.getElementById('buy')");
        if (!code.isEmpty()) {
            browser.driver().findElement(By.id("coupon")).sendKeys(code);
        }
        browser.driver().findElement(By.id("buy")).click();
        browser.await("document.getElementById('order')");
        return String.valueOf(browser.value("document.getElementById('order').dataset.order"));
    }

    private static JsonObject verdict(String order) throws LoadtestFailure {
        String path = "/orders/" + integration + "/" + order;
        assertThat(Patience.until(DEADLINE, () -> product.admin().get(path).fine()))
                .as("a verdict on %s", path)
                .isTrue();
        return product.admin().get(path).json();
    }
}
