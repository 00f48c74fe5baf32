package io.influtrace.protocol.click;

import java.nio.ByteBuffer;

/**
 * A click's row in its bucket: 23 bytes, well below the 64 above which a bucket would lose its compact encoding.
 *
 * <p>Layout: class 1, time 6, link 4, creator 4, visitor 8, all big-endian. The time stands at a fixed place because
 * the sweep's script reads it there.
 *
 * @param visitor the visitor's id, or without one the keyed daily hash of address and agent
 */
public record ClickRow(Click click, long visitor) {

    /** Bytes of a row. */
    public static final int LENGTH = 23;

    /** Writes the row. */
    public byte[] encode() {
        byte[] row = new byte[LENGTH];
        ByteBuffer bytes = ByteBuffer.wrap(row);
        bytes.put((byte) click.clickClass().code());
        bytes.putShort((short) (click.at() >>> 32)).putInt((int) click.at());
        bytes.putInt(click.link()).putInt(click.creator()).putLong(visitor);
        return row;
    }

    /** Reads the row of that id; a wrong length or class is an {@link IllegalArgumentException}. */
    public static ClickRow decode(ClickId id, byte[] row) {
        if (row.length != LENGTH) {
            throw new IllegalArgumentException("a click row has " + LENGTH + " bytes, not " + row.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(row);
        ClickClass clickClass = ClickClass.ofCode(bytes.get());
        long at = ((long) Short.toUnsignedInt(bytes.getShort()) << 32) | Integer.toUnsignedLong(bytes.getInt());
        return new ClickRow(new Click(id, clickClass, at, bytes.getInt(), bytes.getInt()), bytes.getLong());
    }
}
