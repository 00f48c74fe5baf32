package io.influtrace.protocol.redis;

import io.influtrace.protocol.order.OrderIdentity;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * How many partitions a deployment has, fixed at its first start, and which one an order lies in.
 *
 * @param count 1 to 256
 */
public record Partitions(int count) {

    /** What a deployment gets that never asked: enough for a cluster of sixteen masters. */
    public static final int DEFAULT_COUNT = 16;

    public Partitions {
        if (count < 1 || count > 256) {
            throw new IllegalArgumentException("partitions " + count + " is not within 1 to 256");
        }
    }

    /** The partition of an order's stream, record and money. */
    public int of(OrderIdentity identity) {
        return ofName(identity.text());
    }

    /** The partition of anything else with a name: an integration, a visitor, a coupon. */
    public int ofName(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % count);
    }
}
