package io.influtrace.edge.redirect;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.SafeHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** A tracking link that leads nowhere: a page for people, a problem document for programs. */
final class DeadEnd {

    static final DeadEnd NOT_FOUND =
            new DeadEnd(404, "link_unknown", "This link does not exist", "Perhaps a letter is missing at its end.");
    static final DeadEnd GONE =
            new DeadEnd(410, "link_inactive", "This link is not active", "It was made for another time.");

    private final Problem problem;
    private final int status;
    private final Buffer page;

    private DeadEnd(int status, String code, String title, String text) {
        this.status = status;
        this.problem = Problem.last(status, code, title + ". " + text);
        this.page = Buffer.buffer("""
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>body{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em}</style>
                <h1>%s</h1>
                <p>%s</p>
                </html>
                """.formatted(title, title, text));
    }

    void answer(HttpServerRequest request) {
        @Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
        request.response().putHeader("X-Robots-Tag", "noindex").putHeader(HttpHeaders.VARY, "Accept");
        if (accept == null || !accept.contains("text/html")) {
            problem.send(request.response());
            return;
        }
        SafeHeaders.page(request.response())
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(page);
    }
}
