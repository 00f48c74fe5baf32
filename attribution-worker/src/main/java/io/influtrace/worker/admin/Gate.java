package io.influtrace.worker.admin;

import io.influtrace.worker.redis.RedisAway;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way in and out of every call: who asks, may they, what came of it. */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String SCHEME = "bearer ";

    private final Vertx vertx;
    private final Tokens tokens;

    Gate(Vertx vertx, Tokens tokens) {
        this.vertx = vertx;
        this.tokens = tokens;
    }

    /** A handler that answers with the call's reply, for callers of at least a role. */
    Handler<RoutingContext> to(Role least, BiFunction<RoutingContext, Caller, CompletionStage<Reply>> call) {
        return route -> run(tokens.caller(bearer(route)))
                .compose(caller -> {
                    if (caller.isEmpty()) {
                        route.response().putHeader("WWW-Authenticate", "Bearer");
                        return Future.failedFuture(Problem.last(401, "unauthorized", "A valid bearer token is needed.")
                                .refusal());
                    }
                    if (!caller.get().role().covers(least)) {
                        return Future.failedFuture(Problem.last(
                                        403,
                                        "forbidden",
                                        "This needs the role " + least.word() + "; the token has "
                                                + caller.get().role().word() + ".")
                                .refusal());
                    }
                    return run(call.apply(route, caller.get()));
                })
                .onSuccess(reply -> send(route, reply))
                .onFailure(failure -> refuse(route, problem(route, failure)));
    }

    private <T> Future<T> run(CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
    }

    private static String bearer(RoutingContext route) {
        String header = Optional.ofNullable(route.request().getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    /** The request's body as an object. */
    static Body body(RoutingContext route) {
        try {
            JsonObject json = route.body().asJsonObject();
            if (json != null) {
                return Body.of(json);
            }
        } catch (DecodeException | ClassCastException unreadable) {
            // Refused below, as an empty one is.
        }
        throw Problem.last(400, "invalid_body", "The body must be one JSON object.")
                .refusal();
    }

    /** True where the caller would rather have comma-separated values than JSON. */
    static boolean csv(RoutingContext route) {
        for (MIMEHeader wanted : route.parsedHeaders().accept()) {
            String type = wanted.component() + "/" + wanted.subComponent();
            if (type.equals("text/csv") || type.equals("text/*")) {
                return true;
            }
            if (type.equals("application/json") || type.startsWith("*/") || type.equals("application/*")) {
                return false;
            }
        }
        return false;
    }

    private static void send(RoutingContext route, Reply reply) {
        route.response()
                .setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(reply.body());
    }

    /** Ends the response with a refusal. */
    static void refuse(RoutingContext route, Problem problem) {
        if (route.response().ended() || route.response().closed()) {
            return;
        }
        if (problem.status() == 503) {
            route.response().putHeader("Retry-After", "2");
        }
        route.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(problem.json().toBuffer());
    }

    private static Problem problem(RoutingContext route, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal.problem();
        }
        if (cause instanceof RedisAway || RedisAway.behind(cause)) {
            return Problem.passing(503, "store_unavailable", "Redis does not answer; try again.");
        }
        String id = UUID.randomUUID().toString();
        LOG.error("event=call_failed id={} method={}", id, route.request().method(), cause);
        return Problem.passing(500, "internal_error", "This failed here and was logged as " + id + ".");
    }
}
