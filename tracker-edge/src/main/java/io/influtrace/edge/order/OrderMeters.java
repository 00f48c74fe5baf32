package io.influtrace.edge.order;

/** Who counts beacons and calls; {@code reason} is the problem's code, empty where there is none. */
public interface OrderMeters {

    /**
     * One of {@code order}, {@code ping}, {@code survey}, {@code conversion}, {@code refund}, or a delivery of
     * {@code shopify}, {@code woocommerce}, {@code stripe}, was accepted, refused, or, a delivery only, ignored.
     */
    void beacon(String kind, String outcome, String reason);

    /** A refused beacon was {@code kept} for the merchant, or {@code throttled}. */
    void nearMiss(String fate);

    /** A stream was found to end before a report that Redis had acknowledged. */
    void wentBack();
}
