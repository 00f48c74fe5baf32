package io.influtrace.loadtest.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One page of a Chromium of its own, spoken to by Chrome's DevTools protocol. */
final class DevTools implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final long ANSWER_SECONDS = 60;

    private final Process chromium;
    private final Talk talk = new Talk();
    private final WebSocket socket;

    private DevTools(Process chromium, String address) {
        this.chromium = chromium;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), talk)
                .join();
    }

    /** Starts Chromium with an empty profile in that folder. */
    static DevTools open(Path folder) throws IOException {
        // A browser is many processes; on one core they would wait for each other.
        Process chromium = new ProcessBuilder(
                        "taskset",
                        "-c",
                        "0,1",
                        "chromium",
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path file = folder.resolve("DevToolsActivePort");
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(file) || Files.readAllLines(file).isEmpty()) {
            if (System.nanoTime() > end || !chromium.isAlive()) {
                chromium.destroyForcibly();
                throw new BenchFailure("Chromium opened no port for its DevTools.");
            }
            Thread.onSpinWait();
        }
        String port = Files.readAllLines(file).get(0);
        return new DevTools(chromium, page("http://127.0.0.1:" + port));
    }

    private static String page(String url) throws IOException {
        try {
            String targets = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/json/list"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return new JsonArray(targets)
                    .stream()
                            .map(JsonObject.class::cast)
                            .filter(target -> target.getString("type").equals("page"))
                            .findFirst()
                            .orElseThrow(() -> new BenchFailure("Chromium has no page."))
                            .getString("webSocketDebuggerUrl");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", stopped);
        }
    }

    /** Calls a method, and waits for its result. */
    JsonObject call(String method, JsonObject parameters) {
        int id = talk.next.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        talk.answers.put(id, answer);
        socket.sendText(
                        new JsonObject()
                                .put("id", id)
                                .put("method", method)
                                .put("params", parameters)
                                .encode(),
                        true)
                .join();
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The next event of that name. */
    CompletableFuture<JsonObject> event(String name) {
        CompletableFuture<JsonObject> seen = new CompletableFuture<>();
        talk.listeners.put(name, seen::complete);
        return seen.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** All events of that name from now on. */
    void listen(String name, Consumer<JsonObject> listener) {
        talk.listeners.put(name, listener);
    }

    @Override
    public void close() {
        socket.abort();
        chromium.destroy();
    }

    /** What comes back: texts in parts, each an answer or an event. */
    private static final class Talk implements WebSocket.Listener {

        private final AtomicInteger next = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
        private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();
        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.add(data.toString());
            if (last) {
                JsonObject message = new JsonObject(String.join("", parts));
                parts.clear();
                take(message);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void take(JsonObject message) {
            CompletableFuture<JsonObject> answer = answers.remove(message.getInteger("id", 0));
            if (answer != null) {
                answer.complete(message.getJsonObject("result", new JsonObject()));
                return;
            }
            Consumer<JsonObject> listener = listeners.get(message.getString("method", ""));
            if (listener != null) {
                listener.accept(message.getJsonObject("params", new JsonObject()));
            }
        }
    }
}
