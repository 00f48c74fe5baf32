package io.influtrace.edge.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Optional;

/** What Redis must confirm of a write, behind its plain reply, before an order may be called accepted. */
public enum Acknowledgement {
    /** The reply itself says enough. */
    NONE,
    /** Flushed to the server's disk (WAITAOF). */
    DISK,
    /** Received by one replica (WAIT). */
    REPLICA,
    /** Flushed to the disks of the server and of one replica (WAITAOF). */
    DISK_AND_REPLICA,
    /** What is demanded cannot be had, or nobody knows yet: nothing is accepted. */
    IMPOSSIBLE;

    private static final Command WAITAOF = Command.create("waitaof");

    /** The question that follows the writes, on the same connection. */
    Optional<Request> question(long millis) {
        return switch (this) {
            case NONE, IMPOSSIBLE -> Optional.empty();
            case DISK -> Optional.of(Request.cmd(WAITAOF).arg(1).arg(0).arg(millis));
            case REPLICA -> Optional.of(Request.cmd(Command.WAIT).arg(1).arg(millis));
            case DISK_AND_REPLICA ->
                Optional.of(Request.cmd(WAITAOF).arg(1).arg(1).arg(millis));
        };
    }

    /** Whether the answer confirms it. */
    boolean met(Response answer) {
        return switch (this) {
            case NONE -> true;
            case IMPOSSIBLE -> false;
            case DISK -> some(answer.get(0));
            case REPLICA -> some(answer);
            case DISK_AND_REPLICA -> some(answer.get(0)) && some(answer.get(1));
        };
    }

    private static boolean some(Response count) {
        return Integer.parseInt(count.toString()) > 0;
    }
}
