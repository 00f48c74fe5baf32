package io.influtrace.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.store.DemoStore;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.By;

/** A person shops in the demo store, and the order that the edge hears of is what the confirmation page shows. */
class DemoStoreTest {

    private final World world = World.start();
    private final RecordingEdge edge = world.edge();
    private String store = "";

    @BeforeEach
    void open() {
        HttpServer server = DemoStore.open(
                        world.vertx(), 0, Snippet.of(edge.url(), ShopPages.INTEGRATION), new Random(7))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        store = "http://localhost:" + server.actualPort();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @InEachBrowser
    void aPurchaseWithACodeIsReportedAsItIsShown(Browser browser) {
        browser.open(store + "/?ref=ava&itc=" + PixelOrderTest.TOKEN).await("location.search == '?ref=ava'");
        browser.picture("store-1-shop");
        buy(browser, "mug-fern");
        browser.picture("store-2-cart");
        browser.driver().findElement(By.id("coupon")).sendKeys("AVA10");
        browser.driver().findElement(By.id("buy")).click();
        browser.await("document.getElementById('order')");

        JsonObject order = edge.await("orders", 1).get(0).json();
        browser.picture("store-3-thanks");
        assertThat(order.getString("orderId"))
                .isEqualTo(browser.value("document.getElementById('order').dataset.order"));
        assertThat(order.getString("value")).isEqualTo("21.60");
        assertThat(order.getString("discount")).isEqualTo("2.40");
        assertThat(order.getString("coupon")).isEqualTo("AVA10");
        assertThat(order.getString("ref")).isEqualTo("ava");
        assertThat(order.getJsonArray("tokens")).containsExactly(PixelOrderTest.TOKEN);
        assertThat(order.getJsonArray("items").getJsonObject(0).getString("sku"))
                .isEqualTo("mug-fern");
        assertThat((String) browser.value("document.body.innerText")).contains("$21.60", "Code AVA10");
        assertThat(browser.value("document.getElementById('count').textContent"))
                .isEqualTo("0");
    }

    @InEachBrowser
    void aPurchaseWithoutACodeCarriesNone(Browser browser) {
        browser.open(store + "/");
        buy(browser, "vase-dune");
        browser.driver().findElement(By.id("buy")).click();

        JsonObject order = edge.await("orders", 1).get(0).json();
        assertThat(order.getString("value")).isEqualTo("79.00");
        assertThat(order.containsKey("coupon")).isFalse();
        assertThat(order.containsKey("tokens")).isFalse();
    }

    private void buy(Browser browser, String product) {
        browser.open(store + "/product/" + product);
        browser.driver().findElement(By.cssSelector("[data-add]")).click();
        browser.await("document.getElementById('buy')");
    }
}
