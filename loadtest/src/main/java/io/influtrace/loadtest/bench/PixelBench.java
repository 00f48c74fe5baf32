package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pixel's delivery against a bare server of the same bytes, and how much a browser that has them already costs. */
final class PixelBench implements Bench {

    private static final double BUDGET = 1.3;
    private static final String PATH = "/api/v1/integrations/custom/t.js";

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        RedisServer redis = bed.redis("everysec");
        EdgeTables.publish(redis.client());
        Server server = bed.edge("t.js", redis.url(), Map.of());
        HttpResponse<byte[]> pixel = fetch(server.url() + PATH);
        Path file = bed.fresh("pixel").resolve("t.js.gz");
        Files.write(file, pixel.body());
        String fresh = bed.script("pixel.lua");
        Path cached = file.resolveSibling("cached.lua");
        Files.writeString(
                cached,
                Files.readString(Path.of(fresh)) + "\nwrk.headers[\"If-None-Match\"] = '"
                        + pixel.headers().firstValue("ETag").orElseThrow() + "'\n");
        Side bare = new Side(bed.bare(BareServers.VERTX_FILE, file.toString()), PATH, fresh);
        Side whole = new Side(server, PATH, fresh);
        Side unchanged = new Side(server, PATH, cached.toString());
        Side.inTurn(List.of(bare, whole, unchanged), pace);
        List<Row> rows = new ArrayList<>(bare.rows());
        rows.addAll(whole.rows());
        rows.add(Row.seen(
                "t.js with If-None-Match, CPU µs a request", unchanged.cpu().words("%.1f")));
        rows.add(Row.atMost("t.js in bare Vert.x, CPU ratio", whole.costIn(bare), "%.2f", BUDGET));
        return rows;
    }

    private static HttpResponse<byte[]> fetch(String url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept-Encoding", "gzip")
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", stopped);
        }
    }
}
