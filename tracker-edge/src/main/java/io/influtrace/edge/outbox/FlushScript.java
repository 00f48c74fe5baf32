package io.influtrace.edge.outbox;

import io.influtrace.edge.redis.RedisNodes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The script of a flush, called by its digest and loaded where a server does not know it yet. */
final class FlushScript {

    private final String source;
    private final String sha;

    private FlushScript(String source, String sha) {
        this.source = source;
        this.sha = sha;
    }

    static FlushScript load() {
        try (@Nullable InputStream in = FlushScript.class.getResourceAsStream("flush.lua")) {
            if (in == null) {
                throw new IllegalStateException("flush.lua is not on the class path");
            }
            byte[] source = in.readAllBytes();
            return new FlushScript(
                    new String(source, StandardCharsets.UTF_8),
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** Applies a flush; an answer of any number means that it is applied, now or earlier. */
    Future<Response> apply(RedisNodes nodes, FlushCall call) {
        return nodes.send(call.routingKey(), call.request(sha)).recover(failure -> {
            if (!String.valueOf(failure.getMessage()).startsWith("NOSCRIPT")) {
                return Future.failedFuture(failure);
            }
            Request load = Request.cmd(Command.SCRIPT).arg("LOAD").arg(source);
            return nodes.send(call.routingKey(), load)
                    .compose(loaded -> nodes.send(call.routingKey(), call.request(sha)));
        });
    }
}
