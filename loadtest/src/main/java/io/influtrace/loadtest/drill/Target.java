package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import io.influtrace.protocol.hostile.RawSocket;
import java.io.IOException;

/**
 * A port that is attacked.
 *
 * @param post the target of a POST there, with headers of its own behind it where it needs them
 * @param smuggled a whole request that is answered where it is taken for one
 */
record Target(String name, int port, String post, String smuggled) {

    private static final String CREATORS = "/api/v1/creators";
    private static final String PAGE = "GET / HTTP/1.1\r\nHost: office\r\n\r\n";

    /** The edge, at its beacon of orders. */
    static Target edge(Place edge, String beacon) {
        return new Target("edge", edge.port(), beacon, "GET /p/" + Seed.SLUG + " HTTP/1.1\r\nHost: edge\r\n\r\n");
    }

    /** The worker, for somebody whom it does not know. */
    static Target stranger(Place worker) {
        return new Target("worker", worker.port(), CREATORS, PAGE);
    }

    /** The worker, for somebody with a token. */
    static Target admin(Place worker, String token) {
        // Ends the request's own line, so that what follows it becomes a header.
        String post = CREATORS + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\nA: b";
        return new Target("worker, with a token", worker.port(), post, PAGE);
    }

    /** The head of a POST from the store's page, with that much of a body. */
    String head(String headers, int length) {
        return "POST " + post + " HTTP/1.1\r\nHost: here\r\nOrigin: " + World.ORIGIN + "\r\n" + headers
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    RawSocket connect() throws IOException {
        return RawSocket.to(port);
    }
}
