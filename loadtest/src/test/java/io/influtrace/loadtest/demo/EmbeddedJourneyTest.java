package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.Engine;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The same journey on a machine with nothing but a JDK: the Redis that the worker brings along, before and after verify. */
class EmbeddedJourneyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @InEachBrowser(Engine.CHROMIUM)
    void anOrderBeforeVerifyIsRefusedAndTheNextOneEarns(Browser browser, @TempDir Path folder) throws LoadtestFailure {
        try (Deployment product = Deployment.onEmbeddedRedis(folder)) {
            String integration = product.openStore();
            String early = buy(browser, product);
            browser.await("!localStorage['influtrace:" + integration + "/orders:" + early + "']");

            product.connect(integration);
            String order = "/orders/" + integration + "/" + buy(browser, product);
            assertThat(Patience.until(DEADLINE, () -> product.admin().get(order).fine()))
                    .isTrue();
            JsonObject decided = product.admin().get(order).json();
            assertThat(decided.getString("verdict")).isEqualTo("credited");
            assertThat(decided.getString("signal")).isEqualTo("coupon");
            assertThat(product.admin()
                            .get("/orders/" + integration + "/" + early)
                            .status())
                    .isEqualTo(404);
        }
    }

    private static String buy(Browser browser, Deployment product) {
        browser.open(product.storeUrl() + "/product/mug-fern");
        browser.driver().findElement(By.cssSelector("[data-add]")).click();
        browser.await("document.getElementById('buy')");
        browser.driver().findElement(By.id("coupon")).sendKeys("AVA10");
        browser.driver().findElement(By.id("buy")).click();
        browser.await("document.getElementById('order')");
        return String.valueOf(browser.value("document.getElementById('order').dataset.order"));
    }
}
