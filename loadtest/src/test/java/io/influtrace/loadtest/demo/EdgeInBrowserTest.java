package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.Eventually;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.RedisProcess;
import io.influtrace.loadtest.store.DemoStore;
import io.influtrace.loadtest.store.Snippet;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The edge's jar, a real Redis and a real browser: what a shopper does ends in the stream, or in a reason. */
class EdgeInBrowserTest {

    private static final Path EDGE_JAR = Path.of("../tracker-edge/target/tracker-edge.jar");
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int PARTITIONS = 16;

    @TempDir
    static Path folder = Path.of("");

    private static final Running RUNNING = new Running();
    private static final Vertx VERTX = Vertx.vertx();
    private static int edgePort;
    private static int redisPort;
    private static int storePort;
    private static int pendingPort;

    @BeforeAll
    static void deploy() throws LoadtestFailure {
        Needed.programs(Needed.REDIS);
        redisPort = Ports.anyFree();
        edgePort = Ports.anyFree();
        storePort = open("shop");
        pendingPort = open("fresh");
        RedisProcess redis = RedisProcess.start(redisPort, folder, List.of());
        RUNNING.add(redis::stop);
        redis.call("HSET", Keys.EDGE_INTEGRATIONS, "shop", integration("shop", storePort, "connected"));
        redis.call("HSET", Keys.EDGE_INTEGRATIONS, "fresh", integration("fresh", pendingPort, "pending"));
        redis.call("HSET", Keys.EDGE_CREATORS, "ava", "2");
        redis.call("HSET", Keys.EDGE_LINKS, "spring", link());
        int opsPort = Ports.anyFree();
        Map<String, String> environment = Map.of(
                "REDIS_URL", redis.url(),
                "EDGE_PORT", Integer.toString(edgePort),
                "EDGE_OPS_PORT", Integer.toString(opsPort),
                "DATA_DIR", folder.resolve("data").toString());
        RUNNING.add(Child.java("edge", EDGE_JAR, environment, folder, folder.resolve("edge.log")))
                .awaitReady(opsPort);
    }

    @AfterAll
    static void stop() {
        RUNNING.stop();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @InEachBrowser
    void aClickAndAPurchaseEndInTheStreamWithToken(Browser browser) {
        browser.open("http://localhost:" + edgePort + "/p/spring/ava");
        browser.await("location.port == '" + storePort + "' && location.href.indexOf('itc=') < 0");
        assertThat(browser.value("location.search")).asString().contains("ref=ava");
        String order = buy(browser, "http://localhost:" + storePort, "BEN10");

        Eventually.holds(DEADLINE, () -> reports().contains(order), () -> "no report of " + order + " in " + reports());
        String report = reports().substring(reports().indexOf(order));
        assertThat(report).contains("connected", "BEN10", "\nref\nava\n", "\ntok\n");
        browser.await("/^\\d+$/.test(localStorage['influtrace:shop/orders:" + order + "'])");
    }

    @InEachBrowser
    void anOrderFromAnotherOriginIsKeptAsANearMissOnly(Browser browser) {
        String order = buy(browser, "http://127.0.0.1:" + storePort, "");

        Eventually.holds(
                DEADLINE, () -> nearMisses().contains("origin_mismatch"), () -> "near misses: " + nearMisses());
        assertThat(nearMisses()).contains("http://127.0.0.1:" + storePort);
        assertThat(reports()).doesNotContain(order);
    }

    @InEachBrowser
    void aPageOfAStoreThatIsNotVerifiedReadsWhyItsOrderIsRefused(Browser browser) {
        String order = buy(browser, "http://localhost:" + pendingPort, "AVA10");
        browser.await("!localStorage['influtrace:fresh/orders:" + order + "']");

        browser.run(
                "fetch('http://localhost:" + edgePort + "/api/v1/integrations/custom/fresh/orders',"
                        + " {method: 'POST', credentials: 'include', body: '{\"orderId\":\"X\",\"value\":\"1\",\"currency\":\"USD\"}'})"
                        + ".then(function (answer) { return answer.json() }).then(function (problem) { window.problem = problem })");
        browser.await("window.problem");
        assertThat(browser.value("problem.code")).isEqualTo("integration_pending");
        assertThat(browser.value("problem.retry")).isEqualTo(false);
        assertThat(reports()).doesNotContain(order);
    }

    private static int open(String integration) throws LoadtestFailure {
        String snippet = Snippet.of("http://localhost:" + edgePort, integration);
        return DemoStore.open(VERTX, 0, snippet, new Random(integration.hashCode()))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
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

    private static String reports() {
        StringBuilder all = new StringBuilder();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.append(redis("XRANGE", Keys.reports(partition), "-", "+"));
        }
        return all.toString();
    }

    private static String nearMisses() {
        StringBuilder all = new StringBuilder();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.append(redis("LRANGE", Keys.nearMisses(partition, "shop"), "0", "-1"));
        }
        return all.toString();
    }

    private static String redis(String... words) {
        try {
            List<String> command = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(redisPort)));
            command.addAll(List.of(words));
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String integration(String id, int port, String status) {
        return new IntegrationRecord(
                        id,
                        "custom",
                        Optional.of("http://localhost:" + port),
                        status,
                        "full",
                        Optional.empty(),
                        Optional.empty())
                .write();
    }

    private static String link() {
        return new LinkRecord(
                        "spring",
                        1,
                        30,
                        "http://localhost:" + storePort + "/",
                        Optional.empty(),
                        Map.of(),
                        PassQuery.FILL,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        List.of("shop"))
                .write();
    }
}
