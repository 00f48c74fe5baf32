package io.influtrace.protocol.redis;

/**
 * The fields of {@link Keys#META}. Whichever process starts first writes each by HSETNX, every other reads them and
 * compares; none is ever changed in place.
 */
public final class MetaFields {

    /** The layout of everything under {@link Keys}; another version is refused at start. */
    public static final String LAYOUT = "layout";

    /** The only layout there is. */
    public static final String LAYOUT_VERSION = "1";

    /** How many partitions, in decimal. */
    public static final String PARTITIONS = "partitions";

    /** {@link io.influtrace.protocol.click.TokenKeys#text()}; absent where {@code TOKEN_KEYS} is set everywhere. */
    public static final String TOKEN_KEYS = "tokenKeys";

    /** 32 bytes in base64url without padding; absent where {@code CUSTOMER_KEY} is set everywhere. */
    public static final String CUSTOMER_KEY = "customerKey";

    private MetaFields() {}
}
