package io.influtrace.worker.admin;

import static io.influtrace.worker.admin.Gate.body;
import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.influtrace.protocol.http.BodyDeadline;
import io.influtrace.worker.report.Grouping;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** Every route of the back office, on one screen. */
final class Routes {

    private static final String API = "/api/v1";

    /** Bytes of the largest body: a coupon list of thousands. */
    private static final long MAX_BODY = 1 << 20;

    private final Router router;
    private final Gate gate;
    private final Map<String, Set<String>> methods = new LinkedHashMap<>();

    private Routes(Router router, Gate gate) {
        this.router = router;
        this.gate = gate;
    }

    static Router of(Vertx vertx, Gate gate, Calls calls, Duration patience) {
        Router router = Router.router(vertx);
        Routes routes = new Routes(router, gate);
        router.route(API + "/*").handler(gate::admit);
        router.route(API + "/*").handler(route -> {
            Runnable answered = BodyDeadline.watch(vertx, route.request(), patience);
            route.addEndHandler(done -> answered.run());
            route.next();
        });
        router.route(API + "/*")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY).setPreallocateBodyBuffer(false))
                .failureHandler(Fallbacks::failed);
        routes.wire(calls);
        routes.methods.forEach((path, methods) ->
                router.route(path).handler(route -> Fallbacks.wrongMethod(route, String.join(", ", methods))));
        Fallbacks.on(router);
        return router;
    }

    private void wire(Calls calls) {
        router.get("/").handler(FrontPage::show);
        on(
                POST,
                "/integrations",
                Role.ADMIN,
                (route, caller) -> calls.integration().create(body(route)));
        on(
                POST,
                "/integrations/:key/verify",
                Role.ADMIN,
                (route, caller) -> calls.integration().verify(key(route)));
        on(
                POST,
                "/integrations/:key/disconnect",
                Role.ADMIN,
                (route, caller) -> calls.integration().disconnect(key(route)));
        on(
                GET,
                "/integrations/:key/snippet",
                Role.MEMBER,
                (route, caller) -> calls.integration().snippet(key(route)));
        on(
                GET,
                "/integrations/:key/near-misses",
                Role.MEMBER,
                (route, caller) -> calls.integration().nearMisses(key(route)));
        resource("/creators", calls.creators());
        resource("/campaigns", calls.campaigns());
        resource("/links", calls.links());
        resource("/coupons", calls.coupons());
        resource("/integrations", calls.integrations());
        on(GET, "/orders", Role.CREATOR, (route, caller) -> calls.reads().orders(route.queryParams(), caller));
        on(
                GET,
                "/orders/:key/:order",
                Role.CREATOR,
                (route, caller) -> calls.reads().order(key(route), part(route, "order"), caller));
        on(GET, "/events", Role.CREATOR, (route, caller) -> calls.reads().events(route.queryParams(), caller));
        on(GET, "/events/*", Role.CREATOR, (route, caller) -> calls.reads().event(part(route, "*"), caller));
        for (Grouping grouping : Grouping.values()) {
            on(
                    GET,
                    "/reports/" + grouping.word(),
                    Role.CREATOR,
                    (route, caller) -> calls.reads().report(grouping, route.queryParams(), caller, Gate.csv(route)));
        }
        on(
                POST,
                "/coupons/generate",
                Role.ADMIN,
                (route, caller) -> calls.generated().create(body(route), Gate.csv(route)));
        on(
                GET,
                "/payouts",
                Role.CREATOR,
                (route, caller) -> calls.payouts().due(route.queryParams(), caller, Gate.csv(route)));
        on(POST, "/payouts", Role.ADMIN, (route, caller) -> calls.payouts().pay(body(route), Gate.csv(route)));
        on(
                GET,
                "/payouts/history",
                Role.MEMBER,
                (route, caller) -> calls.payouts().history(route.queryParams()));
        on(GET, "/payouts/:key", Role.MEMBER, (route, caller) -> calls.payouts().one(key(route), Gate.csv(route)));
        on(POST, "/replays", Role.ADMIN, (route, caller) -> calls.replays().run(body(route)));
        on(
                DELETE,
                "/visitors/:key",
                Role.ADMIN,
                (route, caller) -> calls.erasure().visitor(key(route)));
        on(DELETE, "/customers", Role.ADMIN, (route, caller) -> calls.erasure().customer(body(route)));
        on(POST, "/tokens", Role.ADMIN, (route, caller) -> calls.tokens().create(body(route)));
        on(GET, "/tokens", Role.ADMIN, (route, caller) -> calls.tokens().list());
        on(DELETE, "/tokens/:key", Role.ADMIN, (route, caller) -> calls.tokens().revoke(key(route)));
    }

    private void resource(String path, ResourceCalls<?> calls) {
        if (!path.equals("/integrations")) {
            on(POST, path, Role.ADMIN, (route, caller) -> calls.create(body(route)));
        }
        on(GET, path, Role.MEMBER, (route, caller) -> calls.list(Page.of(route.queryParams())));
        on(GET, path + "/:key", Role.MEMBER, (route, caller) -> calls.read(key(route)));
        on(PATCH, path + "/:key", Role.ADMIN, (route, caller) -> calls.change(key(route), body(route)));
        on(DELETE, path + "/:key", Role.ADMIN, (route, caller) -> calls.retire(key(route)));
    }

    private void on(
            HttpMethod method,
            String path,
            Role least,
            BiFunction<RoutingContext, Caller, CompletionStage<Reply>> call) {
        methods.computeIfAbsent(API + path, first -> new TreeSet<>()).add(method.name());
        router.route(method, API + path).handler(gate.to(least, call));
    }

    private static String key(RoutingContext route) {
        return part(route, "key");
    }

    private static String part(RoutingContext route, String name) {
        return Optional.ofNullable(route.pathParam(name)).orElse("");
    }
}
