package io.influtrace.edge.redis;

import java.nio.charset.StandardCharsets;

/** The cluster's slot of a key: CRC16 (XMODEM) of its hash tag, modulo 16,384, as the cluster specification says. */
final class Slots {

    /** Slots in every cluster. */
    static final int COUNT = 16_384;

    private Slots() {}

    static int of(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        String hashed = close > open + 1 ? key.substring(open + 1, close) : key;
        int crc = 0;
        for (byte b : hashed.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            crc &= 0xffff;
        }
        return crc % COUNT;
    }
}
