package io.influtrace.edge.http;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the public port listens: the bounds of what it reads, and TLS with HTTP/2 where there is a certificate. */
public final class PublicPort {

    private static final int MAX_LINE = 8 * 1024;

    /** A shop's own cookies come along on a host of its site, and browsers send up to half of this. */
    private static final int MAX_HEADERS = 16 * 1024;

    /** Connections that the kernel may keep while all loops are busy for a moment; it caps this at its own bound. */
    private static final int BACKLOG = 4_096;

    private static final int MAX_STREAMS = 100;
    private static final int MAX_RESETS = 200;
    private static final int RESET_SECONDS = 30;

    private PublicPort() {}

    /**
     * The options of a server.
     *
     * @param limits whose keep-alive also bounds how long an answer may lie unread
     * @param handshake the longest wait for a TLS handshake
     */
    public static HttpServerOptions options(
            Connections.Limits limits, Duration handshake, Optional<Certificate> certificate) {
        HttpServerOptions options = new HttpServerOptions()
                // Who does not read keeps his answers in our memory; closing alone would wait for him to read them.
                .setWriteIdleTimeout((int) limits.keepAlive().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setAcceptBacklog(BACKLOG)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setHttp2ClearTextEnabled(false)
                // There is no WebSocket here, so no request passes their compression's handler.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
        certificate.ifPresent(present -> options.setSsl(true)
                .setKeyCertOptions(present.options())
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setUseAlpn(true)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS).setMaxHeaderListSize(MAX_HEADERS))
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESET_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS));
        return options;
    }
}
