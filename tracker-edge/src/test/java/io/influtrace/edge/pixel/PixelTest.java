package io.influtrace.edge.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pixel as a browser fetches it. */
final class PixelTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = RunningEdge.start(REDIS, Map.of("PIXEL_PATH", "/shop.js"));
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    private static HttpResponse<byte[]> bytes(String path, String encoding) throws Exception {
        URI uri = edge.uri(path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Accept-Encoding", encoding)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void everyPathServesTheSameBytesWithTheHeadersThatPagesNeed() throws Exception {
        HttpResponse<String> plain = edge.send("GET", "/t.js", "");
        for (String path : new String[] {"/t.js", "/api/v1/integrations/custom/t.js", "/shop.js"}) {
            HttpResponse<String> answer = edge.send("GET", path, "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(plain.body()).isNotEmpty();
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .contains("public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("cross-origin");
            assertThat(answer.headers().firstValue("Timing-Allow-Origin")).contains("*");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
        }
    }

    @Test
    void eachEncodingHasItsOwnStrongTagAndIsNotSentTwice() throws Exception {
        HttpResponse<byte[]> gzip = bytes("/t.js", "gzip");
        HttpResponse<byte[]> plain = bytes("/t.js", "identity");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain.body());
        String tag = gzip.headers().firstValue("ETag").orElse("");
        assertThat(tag)
                .matches("\"[0-9a-f]{32}\"")
                .isNotEqualTo(plain.headers().firstValue("ETag").orElse(""));
        HttpResponse<String> again = edge.send("GET", "/t.js", "", "Accept-Encoding", "gzip", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("ETag")).contains(tag);
        assertThat(bytes("/t.js", "br;q=0, gzip;q=0").headers().firstValue("Content-Encoding"))
                .isEmpty();
        assertThat(bytes("/t.js", "gzip, br").headers().firstValue("Content-Encoding"))
                .contains("br");
    }

    @Test
    void pinnedNameIsImmutableAndWrongOnesAreNotThere() throws Exception {
        String hash = PixelFile.load().hash();
        HttpResponse<String> pinned = edge.send("GET", "/t." + hash + ".js", "");
        assertThat(pinned.statusCode()).isEqualTo(200);
        assertThat(pinned.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(edge.send("GET", "/t.0123456789abcdef.js", "").statusCode()).isEqualTo(404);
        assertThat(edge.send("POST", "/t.js", "x").statusCode()).isEqualTo(405);
    }
}
