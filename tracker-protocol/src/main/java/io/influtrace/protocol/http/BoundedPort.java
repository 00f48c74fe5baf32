package io.influtrace.protocol.http;

import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/** How every port listens: the bounds of what it reads. */
public final class BoundedPort {

    /** Bytes of all headers of a request; a shop's own cookies come along on a host of its site, up to half of this. */
    public static final int MAX_HEADERS = 16 * 1024;

    private static final int MAX_LINE = 8 * 1024;

    /** Connections that the kernel may keep while all loops are busy for a moment; it caps this at its own bound. */
    private static final int BACKLOG = 4_096;

    private BoundedPort() {}

    /**
     * The options of a server that speaks HTTP/1.
     *
     * @param limits whose keep-alive also bounds how long an answer may lie unread
     */
    public static HttpServerOptions options(Connections.Limits limits) {
        return new HttpServerOptions()
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
    }
}
