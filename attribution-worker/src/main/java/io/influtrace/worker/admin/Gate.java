package io.influtrace.worker.admin;

import static java.util.Objects.requireNonNull;

import io.influtrace.protocol.http.HangUp;
import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.Refusal;
import io.influtrace.protocol.http.SafeHeaders;
import io.influtrace.worker.redis.RedisAway;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
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
    private static final String CALLER = "caller";

    private final Vertx vertx;
    private final Tokens tokens;

    Gate(Vertx vertx, Tokens tokens) {
        this.vertx = vertx;
        this.tokens = tokens;
    }

    /** Lets only those on who show a token; what they send is not read before. */
    void admit(RoutingContext route) {
        route.request().pause();
        run(tokens.caller(bearer(route)))
                .onSuccess(caller -> {
                    if (caller.isPresent()) {
                        route.put(CALLER, caller.get());
                        route.request().resume();
                        route.next();
                    } else {
                        route.response().putHeader("WWW-Authenticate", "Bearer");
                        turnAway(route, Problem.last(401, "unauthorized", "A valid bearer token is needed."));
                    }
                })
                .onFailure(failure -> turnAway(route, problem(route, failure)));
    }

    private static void turnAway(RoutingContext route, Problem problem) {
        refuse(route, problem);
        route.request().resume();
    }

    /** A handler that answers with the call's reply, for callers of at least a role. */
    Handler<RoutingContext> to(Role least, BiFunction<RoutingContext, Caller, CompletionStage<Reply>> call) {
        return route -> {
            Caller caller = requireNonNull(route.<Caller>get(CALLER), "admitted first");
            if (!caller.role().covers(least)) {
                refuse(
                        route,
                        Problem.last(
                                403,
                                "forbidden",
                                "This needs the role " + least.word() + "; the token has "
                                        + caller.role().word() + "."));
                return;
            }
            Future.<Reply>future(told -> run(call.apply(route, caller)).onComplete(told))
                    .onSuccess(reply -> send(route, reply))
                    .onFailure(failure -> refuse(route, problem(route, failure)));
        };
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
        SafeHeaders.data(route.response())
                .setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.type())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(reply.body());
    }

    /** Ends the response with a refusal. */
    static void refuse(RoutingContext route, Problem problem) {
        if (bodyIsOnItsWay(route.request())) {
            HangUp.soon(route.request());
        }
        if (problem.status() == 503) {
            route.response().putHeader("Retry-After", "2");
        }
        problem.send(route.response());
    }

    private static boolean bodyIsOnItsWay(HttpServerRequest request) {
        return !request.isEnded()
                && (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING));
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
