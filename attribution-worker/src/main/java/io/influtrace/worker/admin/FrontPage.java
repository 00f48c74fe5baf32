package io.influtrace.worker.admin;

import io.influtrace.protocol.http.SafeHeaders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The page at the root: what this is and where to go, for a person with a browser. */
final class FrontPage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>InfluTrace</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #222; background: #fff }
            code { background: #f2f2f2; padding: .1rem .3rem; border-radius: .2rem }
            @media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } code { background: #2a2a2a } }
            </style>
            <h1>InfluTrace</h1>
            <p>The back office is running. It decides which creator earned an order, and tells why.</p>
            <p>Its API is at <code>/api/v1</code>, with <code>Authorization: Bearer TOKEN</code>. The first token is
            <code>ADMIN_TOKEN</code>, or lies in the file <code>admin-token</code> of the data folder.</p>
            <ul>
            <li><code>GET /api/v1/orders</code>: each order's verdict and why</li>
            <li><code>GET /api/v1/events</code>: what became of each click</li>
            <li><code>GET /api/v1/reports/creators</code>: what each creator brought and earned</li>
            </ul>
            </html>
            """;

    private FrontPage() {}

    static void show(RoutingContext route) {
        SafeHeaders.page(route.response())
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(PAGE);
    }
}
