package io.influtrace.edge.http;

import io.influtrace.protocol.http.BoundedPort;
import io.influtrace.protocol.http.Connections;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the public port listens: within bounds, and with TLS and HTTP/2 where there is a certificate. */
public final class PublicPort {

    private static final int MAX_STREAMS = 100;
    private static final int MAX_RESETS = 200;
    private static final int RESET_SECONDS = 30;

    private PublicPort() {}

    /**
     * The options of a server.
     *
     * @param handshake the longest wait for a TLS handshake
     */
    public static HttpServerOptions options(
            Connections.Limits limits, Duration handshake, Optional<Certificate> certificate) {
        HttpServerOptions options = BoundedPort.options(limits);
        certificate.ifPresent(present -> options.setSsl(true)
                .setKeyCertOptions(present.options())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setUseAlpn(true)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(MAX_STREAMS)
                        .setMaxHeaderListSize(BoundedPort.MAX_HEADERS))
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESET_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS));
        return options;
    }
}
