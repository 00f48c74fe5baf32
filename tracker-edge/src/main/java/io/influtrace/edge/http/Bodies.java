package io.influtrace.edge.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a body whole, within a size and a time: who sends more, or drips, is refused and hung up on. */
public final class Bodies {

    /** Bytes of the largest body; an order of a hundred lines has 12 KiB. */
    public static final int MAX_BYTES = 16 * 1024;

    /** Bytes of the largest signed delivery: a platform's order of five hundred lines has about half of it. */
    public static final int MAX_SIGNED_BYTES = 1024 * 1024;

    private static final long MAX_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);

    private final Vertx vertx;
    private final int most;

    private Bodies(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    /** A reader of the calling event loop. */
    public static Bodies of(Vertx vertx) {
        return new Bodies(vertx, MAX_BYTES);
    }

    /** The same for deliveries that are signed. */
    public static Bodies ofSigned(Vertx vertx) {
        return new Bodies(vertx, MAX_SIGNED_BYTES);
    }

    /** Calls exactly one of the two, or neither where the sender hangs up. */
    public void read(HttpServerRequest request, Consumer<Buffer> whole, Consumer<Problem> refused) {
        if (statedLength(request) > most) {
            tooLarge(request, refused);
            return;
        }
        Buffer body = Buffer.buffer();
        boolean[] over = {false};
        long timer = vertx.setTimer(MAX_MS, late -> {
            if (!over[0]) {
                over[0] = true;
                hangUp(request);
                refused.accept(Problem.passing(408, "body_timeout", "The body took longer than 10 s."));
            }
        });
        request.handler(part -> {
            if (over[0]) {
                return;
            }
            body.appendBuffer(part);
            if (body.length() > most) {
                over[0] = true;
                vertx.cancelTimer(timer);
                tooLarge(request, refused);
            }
        });
        request.exceptionHandler(gone -> {
            over[0] = true;
            vertx.cancelTimer(timer);
        });
        request.endHandler(end -> {
            if (!over[0]) {
                over[0] = true;
                vertx.cancelTimer(timer);
                accept(body, whole, refused);
            }
        });
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

    // The border of an event loop: whatever went wrong behind it, the sender gets an answer and the log its trace,
    // once.
    private static void accept(Buffer body, Consumer<Buffer> whole, Consumer<Problem> refused) {
        try {
            whole.accept(body);
        } catch (RuntimeException unexpected) {
            LOG.error("request=failed", unexpected);
            refused.accept(Problem.internal());
        }
    }

    private void tooLarge(HttpServerRequest request, Consumer<Problem> refused) {
        hangUp(request);
        refused.accept(Problem.last(413, "body_too_large", "A body has at most " + most / 1024 + " KiB.")
                .compared(Integer.toString(most), "more"));
    }

    private static void hangUp(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
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
