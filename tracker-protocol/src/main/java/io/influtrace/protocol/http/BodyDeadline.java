package io.influtrace.protocol.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Refuses a body that is too long on its way, for handlers that wait until it is whole. */
public final class BodyDeadline {

    private BodyDeadline() {}

    /**
     * Hangs up on the sender where the body is not whole in that time; call on the request's event loop.
     *
     * @return to be run once the request is answered
     */
    public static Runnable watch(Vertx vertx, HttpServerRequest request, Duration patience) {
        long timer = vertx.setTimer(patience.toMillis(), late -> {
            if (!request.isEnded()) {
                HangUp.soon(request);
                Problem.passing(408, "body_timeout", "The body was too long on its way.")
                        .send(request.response());
            }
        });
        return () -> vertx.cancelTimer(timer);
    }
}
