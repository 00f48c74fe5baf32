package io.influtrace.loadtest.process;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Plain HTTP with the JDK's own client, since the machine may have no curl. */
public final class Web {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Web() {}

    /**
     * What came back.
     *
     * @param status 0 where nobody answered
     */
    public record Reply(int status, String text) {

        public boolean fine() {
            return status >= 200 && status < 300;
        }

        /** The body as an object; an empty one where it is none. */
        public JsonObject json() {
            try {
                return text.isBlank() ? new JsonObject() : new JsonObject(text);
            } catch (DecodeException notJson) {
                return new JsonObject();
            }
        }
    }

    public static int status(URI uri) throws LoadtestFailure {
        return send(HttpRequest.newBuilder(uri)).status();
    }

    /** One header of the answer to a GET with a header of its own; empty where nobody answers or it lacks. */
    public static Optional<String> header(URI uri, String wanted, String name, String value) throws LoadtestFailure {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).header(name, value).build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue(wanted);
        } catch (IOException nobody) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }

    /** Sends one request; nobody there is an answer too. */
    public static Reply send(HttpRequest.Builder request) throws LoadtestFailure {
        return send(request, TIMEOUT);
    }

    /** The same with a patience of its own. */
    public static Reply send(HttpRequest.Builder request, Duration timeout) throws LoadtestFailure {
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.timeout(timeout).build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException nobody) {
            return new Reply(0, String.valueOf(nobody.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        }
    }
}
