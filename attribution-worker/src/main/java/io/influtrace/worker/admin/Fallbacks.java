package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What is answered where no route answers. */
final class Fallbacks {

    private static final int TOO_LARGE = 413;
    private static final Problem UNREADABLE = Problem.last(400, "invalid_request", "The request is unreadable.");

    private Fallbacks() {}

    static void on(Router router) {
        router.errorHandler(
                404,
                route -> Gate.refuse(
                        route, Problem.last(404, "not_found", "Nothing is here; the contract begins at /api/v1.")));
        router.errorHandler(405, route -> wrongMethod(route, "GET"));
        router.errorHandler(
                TOO_LARGE, route -> Gate.refuse(route, Problem.last(413, "body_too_large", "The body is too large.")));
        router.errorHandler(400, route -> Gate.refuse(route, UNREADABLE));
        router.errorHandler(
                500,
                route -> Gate.refuse(route, Problem.passing(500, "internal_error", "This failed here; try again.")));
    }

    /** A body that cannot be read to its end is its sender's fault, counted with its connection, and no line in the log. */
    static void failed(RoutingContext route) {
        if (route.statusCode() == TOO_LARGE || route.request().isEnded()) {
            route.next();
        } else {
            Gate.refuse(route, UNREADABLE);
        }
    }

    static void wrongMethod(RoutingContext route, String allowed) {
        route.response().putHeader("Allow", allowed);
        Gate.refuse(route, Problem.last(405, "method_not_allowed", "Possible here: " + allowed + "."));
    }
}
