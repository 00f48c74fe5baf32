package io.influtrace.edge.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.redis.Keys;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
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
        edge = RunningEdge.start(REDIS, Map.of("PIXEL_PATH", "/assets/shop.js"));
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
        for (String path : new String[] {"/t.js", "/api/v1/integrations/custom/t.js", "/assets/shop.js"}) {
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
    void whereverThePixelLiesItsCallsAndItsDebuggingLieBesideIt() throws Exception {
        String hash = PixelFile.pixel().hash();
        for (String folder : new String[] {"/", "/api/v1/integrations/custom/", "/assets/"}) {
            assertThat(edge.send("GET", folder + "t." + hash + ".js", "").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> debug = edge.send("GET", folder + "t.debug.js", "");
            assertThat(debug.statusCode()).isEqualTo(200);
            assertThat(debug.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
            assertThat(debug.body()).contains("influtrace('debug')");
            for (String call : new String[] {"orders", "ping", "surveys"}) {
                HttpResponse<String> answer = edge.send("POST", folder + "int_nobody/" + call, "{}");
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).contains("integration_unknown");
            }
        }
    }

    @Test
    void integrityIsWhatBrowsersComputeOfThePlainBytes() throws Exception {
        byte[] plain = bytes("/t.js", "identity").body();
        byte[] digest = MessageDigest.getInstance("SHA-384").digest(plain);
        assertThat(PixelFile.pixel().integrity())
                .isEqualTo("sha384-" + Base64.getEncoder().encodeToString(digest));
    }

    @Test
    void aPixelOfAnotherReleaseIsFoundUntilEveryShopHasLetItGo() throws Exception {
        String older = "try{/* as it was */}catch{}";
        String hash = PixelFile.of(older.getBytes(StandardCharsets.UTF_8)).hash();
        REDIS.text("HSET", Keys.EDGE_PIXELS, hash, older);
        Await.until(
                "the older pixel",
                () -> edge.send("GET", "/t." + hash + ".js", "").statusCode() == 200);
        assertThat(edge.send("GET", "/t." + hash + ".js", "").body()).isEqualTo(older);
        assertThat(REDIS.text("HGET", Keys.EDGE_PIXELS, "latest"))
                .isEqualTo(PixelFile.pixel().hash() + " " + PixelFile.pixel().integrity());
    }

    @Test
    void pinnedNameIsImmutableAndWrongOnesAreNotThere() throws Exception {
        String hash = PixelFile.pixel().hash();
        HttpResponse<String> pinned = edge.send("GET", "/t." + hash + ".js", "");
        assertThat(pinned.statusCode()).isEqualTo(200);
        assertThat(pinned.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(edge.send("GET", "/t.0123456789abcdef.js", "").statusCode()).isEqualTo(404);
        assertThat(edge.send("POST", "/t.js", "x").statusCode()).isEqualTo(405);
    }
}
