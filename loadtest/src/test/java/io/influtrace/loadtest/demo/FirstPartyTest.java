package io.influtrace.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.loadtest.browser.Browser;
import io.influtrace.loadtest.browser.InEachBrowser;
import io.influtrace.loadtest.browser.Needed;
import io.influtrace.loadtest.browser.ShopPages;
import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.process.Ports;
import io.influtrace.loadtest.process.Web;
import io.influtrace.loadtest.store.Snippet;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes as they are handed out, with this machine's ports: the shop's own host serves pixel, calls and links. */
class FirstPartyTest {

    private static final Path RECIPES = Path.of("../tracker-edge/first-party");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    static Path folder = Path.of("");

    private static final Running RUNNING = new Running();
    private static AdminApi admin;
    private static Vertx vertx;
    private static ShopPages shop;
    private static int port;
    private static int caddyPort;
    private static int workerPort;
    private static String integration = "";

    @BeforeAll
    static void deploy() throws LoadtestFailure, IOException {
        Needed.programs(Needed.REDIS);
        Needed.programs(List.of("nginx", "caddy", "node"));
        port = Ports.anyFree();
        caddyPort = Ports.anyFree();
        workerPort = Ports.anyFree();
        Deployment product = Deployment.onRedis(folder, Map.of("PUBLIC_URL", host(), "TRUSTED_PROXIES", "127.0.0.1"));
        RUNNING.add(product::close);
        admin = product.admin();
        vertx = RUNNING.add(Vertx.vertx());
        shop = ShopPages.start(vertx);
        Seed seed = new Seed(admin, product.edgeUrl(), host());
        integration = seed.sow();
        seed.connect(integration);
        nginx(product);
        caddy(product);
        cloudflareWorker(product);
    }

    @AfterAll
    static void stop() {
        RUNNING.stop();
    }

    @InEachBrowser
    void aClickOutlivesScriptWrittenStorageInTheHttpOnlyCookie(Browser browser) throws LoadtestFailure {
        String order = "FIRST-" + browser.engine();
        String snippet = Snippet.of(host(), integration).replace("/api/v1/integrations/custom/", "/hello/");
        shop.raw("/", snippet);
        shop.raw(
                "/thanks",
                snippet + "<script>influtrace('order', {orderId: '" + order
                        + "', value: 20, currency: 'USD'})</script>");

        browser.open(host() + "/p/" + Seed.SLUG + "/ava").await("location.search.indexOf('ref=ava') > 0");
        browser.await("location.href.indexOf('itc=') < 0").run("localStorage.clear()");
        assertThat(browser.driver().manage().getCookies())
                .anyMatch(cookie -> cookie.getName().equals("influtrace_edge") && cookie.isHttpOnly());
        browser.open(host() + "/thanks");

        String path = "/orders/" + integration + "/" + order;
        assertThat(Patience.until(DEADLINE, () -> admin.get(path).fine())).isTrue();
        JsonObject decided = admin.get(path).json();
        assertThat(decided.getString("verdict")).isEqualTo("credited");
        assertThat(decided.getJsonArray("credits").getJsonObject(0).getString("creator"))
                .isEqualTo("ava");
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aNameOfTheSameSiteServesTheLinksWithTheirCookie() throws LoadtestFailure {
        admin.create(
                "/links",
                new JsonObject()
                        .put("slug", "autumn")
                        .put("campaign", "spring-table")
                        .put("destination", "http://shop.example.com/")
                        .put("integrations", new JsonArray().add(integration)));
        assertThat(Patience.until(DEADLINE, () -> click(port, "/p/autumn/ava").statusCode() == 302))
                .isTrue();
        for (int proxy : List.of(port, caddyPort, workerPort)) {
            HttpClientResponse answer = click(proxy, "/p/autumn/ava");
            assertThat(answer.getHeader("Location")).startsWith("http://shop.example.com/?");
            assertThat(answer.getHeader("Set-Cookie"))
                    .startsWith("influtrace_edge=")
                    .contains("HttpOnly", "SameSite=Lax");
        }
    }

    @Test
    void everyRecipeServesPixelAndCallsBelowTheShopsOwnFolder() throws LoadtestFailure {
        for (int proxy : List.of(port, caddyPort, workerPort)) {
            HttpClientResponse pixel = asked(proxy, HttpMethod.GET, "shop.example.com", "/hello/t.js", "");
            assertThat(pixel.statusCode()).isEqualTo(200);
            assertThat(pixel.getHeader("Content-Type")).startsWith("text/javascript");

            String order = "P-" + proxy;
            String body = "{\"orderId\":\"" + order + "\",\"value\":\"20\",\"currency\":\"USD\",\"ageMs\":1}";
            HttpClientResponse answer =
                    asked(proxy, HttpMethod.POST, "shop.example.com", "/hello/" + integration + "/orders", body);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo(host());
            assertThat(Patience.until(
                            DEADLINE,
                            () -> admin.get("/orders/" + integration + "/" + order)
                                    .fine()))
                    .isTrue();
        }
    }

    private static HttpClientResponse click(int proxy, String path) {
        return asked(proxy, HttpMethod.GET, "go.shop.example.com", path, "");
    }

    private static HttpClientResponse asked(int proxy, HttpMethod method, String host, String path, String body) {
        return vertx.createHttpClient()
                .request(new RequestOptions()
                        .setMethod(method)
                        .setServer(SocketAddress.inetSocketAddress(proxy, "127.0.0.1"))
                        .setHost(host)
                        .setPort(80)
                        .setURI(path)
                        .putHeader("Origin", host())
                        .putHeader("Content-Type", "text/plain;charset=UTF-8")
                        .putHeader("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"))
                .compose(request -> request.send(body))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void caddy(Deployment product) throws LoadtestFailure, IOException {
        String recipe = here(product, "Caddyfile")
                .replaceAll(
                        "(?m)^((?:go\\.)?shop\\.example\\.com) \\{", "http://$1:" + caddyPort + " {\n\tbind 127.0.0.1");
        Path file = folder.resolve("Caddyfile").toAbsolutePath();
        Files.writeString(file, "{\n\tadmin off\n\tauto_https off\n}\n" + recipe);
        Child caddy = RUNNING.add(Child.start(
                "caddy",
                List.of("caddy", "run", "--adapter", "caddyfile", "--config", file.toString()),
                Map.of("HOME", folder.toAbsolutePath().toString()),
                folder,
                folder.resolve("caddy.log")));
        caddy.await(() -> Web.status(URI.create("http://127.0.0.1:" + caddyPort + "/")) > 0);
    }

    private static void cloudflareWorker(Deployment product) throws LoadtestFailure, IOException {
        Path recipe = folder.resolve("cloudflare-worker.mjs").toAbsolutePath();
        Files.writeString(recipe, here(product, "cloudflare-worker.js"));
        Path host = Path.of("src/test/resources/first-party/worker-host.mjs").toAbsolutePath();
        Child worker = RUNNING.add(Child.start(
                "worker",
                List.of("node", host.toString(), "" + workerPort, recipe.toString(), product.edgeUrl()),
                Map.of(),
                folder,
                folder.resolve("cloudflare-worker.log")));
        worker.await(() -> Web.status(URI.create("http://127.0.0.1:" + workerPort + "/")) > 0);
    }

    /** A recipe with this machine's addresses. No public suffix ends in .example, so its own names belong to no site. */
    private static String here(Deployment product, String recipe) throws IOException {
        return Files.readString(RECIPES.resolve(recipe))
                .replace("shop.example", "shop.example.com")
                .replace(
                        "127.0.0.1:8080",
                        URI.create(product.edgeUrl()).getAuthority().replace("localhost", "127.0.0.1"))
                .replace(
                        "127.0.0.1:3000",
                        URI.create(shop.url("/")).getAuthority().replace("localhost", "127.0.0.1"));
    }

    private static void nginx(Deployment product) throws LoadtestFailure, IOException {
        String recipe = here(product, "nginx.conf").replace("listen 80;", "listen 127.0.0.1:" + port + ";");
        String own = folder.toAbsolutePath().toString();
        StringBuilder temporary = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(own)
                    .append("/")
                    .append(kind)
                    .append(";\n");
        }
        Path file = folder.resolve("nginx.conf").toAbsolutePath();
        Files.writeString(
                file,
                "daemon off;\nmaster_process off;\npid " + own
                        + "/nginx.pid;\nerror_log stderr warn;\nevents {}\nhttp {\n" + "access_log off;\n" + temporary
                        + recipe + "}\n");
        Child nginx = RUNNING.add(Child.start(
                "nginx",
                List.of("nginx", "-p", own, "-c", file.toString()),
                Map.of(),
                folder,
                folder.resolve("nginx.log")));
        nginx.await(() -> Web.status(URI.create(host() + "/")) > 0);
    }

    private static String host() {
        return "http://localhost:" + port;
    }
}
