package io.influtrace.edge.http;

import io.influtrace.protocol.http.HangUp;
import io.influtrace.protocol.http.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads bodies whole, within a size, a time and a number at once: who sends more, or drips, is refused and hung up on.
 * Confined to its event loop.
 */
public final class Bodies {

    /** Bytes of the largest body; an order of a hundred lines has 12 KiB. */
    public static final int MAX_BYTES = 16 * 1024;

    /** Bytes of the largest signed delivery: a platform's order of five hundred lines has about half of it. */
    public static final int MAX_SIGNED_BYTES = 1024 * 1024;

    /** Bodies on their way at once, 16 MiB in all; a redirect has none, so orders can never crowd it out. */
    private static final int MAX_OPEN = 1_024;

    /** The same of signed deliveries, 64 MiB in all at their largest; platforms send a few at once and come again. */
    private static final int MAX_SIGNED_OPEN = 64;

    private static final String RETRY_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

    private final Vertx vertx;
    private final Duration patience;
    private final int most;
    private final int mostOpen;
    private int open;

    private Bodies(Vertx vertx, Duration patience, int most, int mostOpen) {
        this.vertx = vertx;
        this.patience = patience;
        this.most = most;
        this.mostOpen = mostOpen;
    }

    /** A reader of the calling event loop, with the longest wait for one body. */
    public static Bodies of(Vertx vertx, Duration patience) {
        return new Bodies(vertx, patience, MAX_BYTES, MAX_OPEN);
    }

    /** The same for deliveries that are signed. */
    public static Bodies ofSigned(Vertx vertx, Duration patience) {
        return new Bodies(vertx, patience, MAX_SIGNED_BYTES, MAX_SIGNED_OPEN);
    }

    /** Calls exactly one of the two, or neither where the sender hangs up. */
    public void read(HttpServerRequest request, Consumer<Buffer> whole, Consumer<Problem> refused) {
        if (statedLength(request) > most) {
            tooLarge(request, refused);
        } else if (open >= mostOpen) {
            request.response().putHeader("Retry-After", RETRY_SECONDS);
            refused.accept(Problem.passing(503, "store_unavailable", "Too much is being sent here at once."));
        } else {
            new Reading(request, whole, refused).begin();
        }
    }

    /** True for the types that a JSON body may bear: text/plain needs no preflight in a browser. */
    public static boolean isJsonOrText(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return type.equals("text/plain") || type.equals("application/json");
    }

    // One body on its way; it is over once, whichever of its ends comes first.
    private final class Reading {
        private final HttpServerRequest request;
        private final Consumer<Buffer> whole;
        private final Consumer<Problem> refused;
        private final Buffer body = Buffer.buffer();
        private boolean over;
        private long timer;

        private Reading(HttpServerRequest request, Consumer<Buffer> whole, Consumer<Problem> refused) {
            this.request = request;
            this.whole = whole;
            this.refused = refused;
        }

        private void begin() {
            open++;
            timer = vertx.setTimer(
                    patience.toMillis(),
                    late -> end(() -> {
                        HangUp.soon(request);
                        refused.accept(Problem.passing(408, "body_timeout", "The body was too long on its way."));
                    }));
            request.exceptionHandler(gone -> end(() -> {}));
            request.endHandler(done -> end(this::accept));
            request.handler(this::more);
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
        }

        private void more(Buffer part) {
            if (!over && body.length() + part.length() > most) {
                end(() -> tooLarge(request, refused));
            } else if (!over) {
                body.appendBuffer(part);
            }
        }

        private void end(Runnable then) {
            if (!over) {
                over = true;
                open--;
                vertx.cancelTimer(timer);
                then.run();
            }
        }

        // The border of an event loop: whatever went wrong behind it, the sender gets an answer and the log its
        // trace, once.
        private void accept() {
            try {
                whole.accept(body);
            } catch (RuntimeException unexpected) {
                LOG.error("request=failed", unexpected);
                refused.accept(Problem.internal());
            }
        }
    }

    private void tooLarge(HttpServerRequest request, Consumer<Problem> refused) {
        HangUp.soon(request);
        refused.accept(Problem.last(413, "body_too_large", "A body has at most " + most / 1024 + " KiB.")
                .compared(Integer.toString(most), "more"));
    }

    private static long statedLength(HttpServerRequest request) {
        @Nullable String stated = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return stated == null ? 0 : Long.parseLong(stated);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
