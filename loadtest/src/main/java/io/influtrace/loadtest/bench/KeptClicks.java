package io.influtrace.loadtest.bench;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Reads every click that an edge kept back out of its buckets. */
final class KeptClicks {

    private static final Pattern BUCKET = Pattern.compile("\\{p([0-9]+)}c:([0-9]+):([0-9a-f]+):([0-9a-f]+)");
    private static final int PAGE = 2_000;

    private KeptClicks() {}

    static List<Click> of(int port) {
        List<Click> clicks = new ArrayList<>();
        ScanParams buckets = new ScanParams().match("{p*}c:*").count(PAGE);
        try (Jedis redis = new Jedis("127.0.0.1", port)) {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = redis.scan(cursor, buckets);
                page.getResult().forEach(key -> read(redis, key, clicks));
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        return clicks;
    }

    private static void read(Jedis redis, String key, List<Click> clicks) {
        Matcher bucket = BUCKET.matcher(key);
        if (!bucket.matches()) {
            return;
        }
        for (Map.Entry<byte[], byte[]> field :
                redis.hgetAll(key.getBytes(StandardCharsets.UTF_8)).entrySet()) {
            String slot = new String(field.getKey(), StandardCharsets.UTF_8);
            if (!slot.equals("f")) {
                ClickId id = new ClickId(
                        Integer.parseInt(bucket.group(1)),
                        Integer.parseInt(bucket.group(2)),
                        Integer.parseUnsignedInt(bucket.group(3), 16),
                        Long.parseLong(bucket.group(4), 16) * ClickId.BUCKET_SIZE + Integer.parseInt(slot));
                clicks.add(ClickRow.decode(id, field.getValue()).click());
            }
        }
    }
}
