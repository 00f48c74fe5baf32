package io.influtrace.edge.http;

import io.influtrace.protocol.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every route of the public port on one screen; the tracking links go before the router, which costs a third of them. */
public final class Routes {

    private static final String CUSTOM = "/api/v1/integrations/custom/";

    /** Another name than a hash is nobody's, and no reason to look. */
    private static final String PINNED = "%st\\.(?<hash>[0-9a-f]{16})\\.js";

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private Routes() {}

    /** Who answers what. */
    public record Answers(
            Handler<HttpServerRequest> redirect,
            Handler<RoutingContext> pixel,
            Handler<RoutingContext> pinnedPixel,
            Handler<RoutingContext> pixelDebug,
            Optional<String> pixelPath,
            Handler<RoutingContext> orders,
            Handler<RoutingContext> pings,
            Handler<RoutingContext> surveys,
            Handler<RoutingContext> preflight,
            Handler<RoutingContext> conversions,
            Handler<RoutingContext> refunds,
            Handler<RoutingContext> shopify,
            Handler<RoutingContext> wooCommerce,
            Handler<RoutingContext> stripe) {}

    /** The one handler of the public port. */
    public static Handler<HttpServerRequest> of(Vertx vertx, Answers to) {
        Router router = Router.router(vertx);
        for (String path : pixelPaths(to)) {
            get(router, path, to.pixel);
        }
        for (String folder : pixelFolders(to)) {
            router.routeWithRegex(PINNED.formatted(Pattern.quote(folder)))
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(to.pinnedPixel);
            get(router, folder + "t.debug.js", to.pixelDebug);
            beacon(router, folder + ":id/orders", to.orders, to.preflight);
            beacon(router, folder + ":id/ping", to.pings, to.preflight);
            beacon(router, folder + ":id/surveys", to.surveys, to.preflight);
        }
        webhook(router, "shopify", to.shopify);
        webhook(router, "woocommerce", to.wooCommerce);
        webhook(router, "stripe", to.stripe);
        only(router, "/api/v1/conversions", List.of(HttpMethod.POST), to.conversions);
        only(router, "/api/v1/refunds", List.of(HttpMethod.POST), to.refunds);
        router.route()
                .handler(route -> Problem.last(404, "not_found", "There is nothing under this address.")
                        .send(route.response()));
        router.errorHandler(
                400,
                route -> Problem.last(400, "bad_request", "The request cannot be read.")
                        .send(route.response()));
        return request -> {
            if (request.uri().startsWith("/p/")) {
                guarded(request, to.redirect);
            } else {
                router.handle(request);
            }
        };
    }

    private static void guarded(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        try {
            handler.handle(request);
        } catch (RuntimeException unexpected) {
            LOG.error("request=failed", unexpected);
            Problem.internal().send(request.response());
        }
    }

    private static List<String> pixelPaths(Answers to) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("/t.js", CUSTOM + "t.js"), to.pixelPath.stream())
                .toList();
    }

    /** The pixel calls into the folder that it came from, wherever that is. */
    private static Set<String> pixelFolders(Answers to) {
        return pixelPaths(to).stream()
                .map(path -> path.substring(0, path.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        only(router, path, List.of(HttpMethod.GET, HttpMethod.HEAD), handler);
    }

    private static void beacon(
            Router router, String path, Handler<RoutingContext> handler, Handler<RoutingContext> preflight) {
        router.route(HttpMethod.OPTIONS, path).handler(preflight);
        only(router, path, List.of(HttpMethod.POST, HttpMethod.OPTIONS), handler);
    }

    private static void webhook(Router router, String platform, Handler<RoutingContext> handler) {
        only(router, "/api/v1/integrations/" + platform + "/:id/webhooks", List.of(HttpMethod.POST), handler);
    }

    private static void only(Router router, String path, List<HttpMethod> methods, Handler<RoutingContext> handler) {
        Route route = router.route(path);
        methods.forEach(route::method);
        route.handler(handler);
        String allow = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        router.route(path).handler(refused -> {
            refused.response().putHeader("Allow", allow);
            Problem.last(405, "method_not_allowed", "This address takes " + allow + ".")
                    .send(refused.response());
        });
    }
}
