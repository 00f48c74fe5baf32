package io.influtrace.loadtest.store;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A small shop: products, a cart, a checkout, and a confirmation page that reports the order through the pixel. */
public final class DemoStore {

    /** Confirmation pages kept for reloads; enough for a day of demos. */
    private static final int MOST_PURCHASES = 1_000;

    private static final int MOST_BODY_BYTES = 8_192;

    private final StorePages pages;
    private final RandomGenerator random;
    private final Map<String, Purchase> purchases = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Purchase> eldest) {
            return size() > MOST_PURCHASES;
        }
    };

    private DemoStore(StorePages pages, RandomGenerator random) {
        this.pages = pages;
        this.random = random;
    }

    /**
     * Opens the store.
     *
     * @param port 0 lets the system choose
     * @param snippet the HTML that the merchant pasted
     * @return the listening server; fails when the port is taken
     */
    public static Future<HttpServer> open(Vertx vertx, int port, String snippet, RandomGenerator random) {
        DemoStore store = new DemoStore(StorePages.with(snippet), random);
        return vertx.createHttpServer().requestHandler(store.routes(vertx)).listen(port);
    }

    private Router routes(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/").handler(context -> html(context, 200, pages.shop()));
        router.get("/product/:id").handler(this::product);
        router.get("/cart").handler(this::cart);
        router.post("/checkout")
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES))
                .handler(this::checkout);
        router.get("/thanks/:order").handler(this::thanks);
        router.get("/shop.css").handler(asset("text/css", StorePages.resource("shop.css")));
        router.get("/cart.js").handler(asset("text/javascript", StorePages.resource("cart.js")));
        router.route().handler(context -> html(context, 404, pages.missing()));
        return router;
    }

    private void product(RoutingContext context) {
        Optional<Product> product = Product.of(String.valueOf(context.pathParam("id")));
        html(
                context,
                product.isPresent() ? 200 : 404,
                product.map(pages::product).orElseGet(pages::missing));
    }

    private void cart(RoutingContext context) {
        String items = String.valueOf(context.request().getParam("items"));
        html(context, 200, pages.cart(Purchase.of("", items, ""), items));
    }

    private void checkout(RoutingContext context) {
        String items = String.valueOf(context.request().getFormAttribute("items"));
        String coupon = Optional.ofNullable(context.request().getFormAttribute("coupon"))
                .orElse("");
        String id =
                "JC-" + Long.toString(random.nextLong(1L << 40, 1L << 41), 36).toUpperCase(Locale.ROOT);
        purchases.put(id, Purchase.of(id, items, coupon));
        context.response()
                .setStatusCode(303)
                .putHeader("Location", "/thanks/" + id)
                .end();
    }

    private void thanks(RoutingContext context) {
        Optional<Purchase> purchase = Optional.ofNullable(purchases.get(String.valueOf(context.pathParam("order"))));
        html(
                context,
                purchase.isPresent() ? 200 : 404,
                purchase.map(pages::thanks).orElseGet(pages::missing));
    }

    private static Handler<RoutingContext> asset(String type, String text) {
        return context -> context.response()
                .putHeader("Content-Type", type + "; charset=utf-8")
                .end(text);
    }

    private static void html(RoutingContext context, int status, String page) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Cache-Control", "no-cache")
                .end(page);
    }
}
