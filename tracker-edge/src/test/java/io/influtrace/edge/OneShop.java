package io.influtrace.edge;

import io.influtrace.protocol.config.Change.Kind;

/** The one connected store, {@code shop}, and the one link into it, {@code /p/spring}, that most tests need and no more. */
public final class OneShop {

    /** Where its pages are. */
    public static final String ORIGIN = "https://shop.example.com";

    private OneShop() {}

    /**
     * Makes both known to every edge on that Redis.
     *
     * @param integrations of the link: the store's where its browser may keep something, else none
     */
    public static void open(RealRedis redis, String... integrations) {
        RunningEdge.publish(
                redis,
                Kind.INTEGRATION,
                "shop",
                RunningEdge.shop("shop", ORIGIN, "connected").write());
        RunningEdge.publish(
                redis,
                Kind.LINK,
                "spring",
                RunningEdge.link("spring", 11, ORIGIN + "/", integrations).write());
    }
}
