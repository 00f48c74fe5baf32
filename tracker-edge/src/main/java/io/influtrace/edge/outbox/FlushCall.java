package io.influtrace.edge.outbox;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One flush as the script takes it, ready for Redis or for the journal.
 *
 * @param keys all with one hash tag
 * @param clicks how many clicks it holds, for the counters here
 */
record FlushCall(List<byte[]> keys, List<byte[]> arguments, int clicks) {

    FlushCall {
        keys = List.copyOf(keys);
        arguments = List.copyOf(arguments);
    }

    /** A key that leads to the server of all. */
    String routingKey() {
        return new String(keys.get(0), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The script call, by the script's digest. */
    Request request(String sha) {
        Request request = Request.cmd(Command.EVALSHA).arg(sha).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    /** The journal's spelling: clicks, number of keys, number of arguments, then each with its length. */
    byte[] encode() {
        int size = 12;
        for (byte[] part : parts()) {
            size += 4 + part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.putInt(clicks).putInt(keys.size()).putInt(arguments.size());
        parts().forEach(part -> bytes.putInt(part.length).put(part));
        return bytes.array();
    }

    /** Reads {@link #encode()}. */
    static FlushCall decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        int clicks = bytes.getInt();
        int keys = bytes.getInt();
        int arguments = bytes.getInt();
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < keys + arguments; i++) {
            byte[] part = new byte[bytes.getInt()];
            bytes.get(part);
            parts.add(part);
        }
        return new FlushCall(parts.subList(0, keys), parts.subList(keys, parts.size()), clicks);
    }

    private List<byte[]> parts() {
        List<byte[]> parts = new ArrayList<>(keys);
        parts.addAll(arguments);
        return parts;
    }
}
