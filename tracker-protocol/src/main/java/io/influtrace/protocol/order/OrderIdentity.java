package io.influtrace.protocol.order;

/**
 * What makes one order one order, for ever: where it was made and its id there.
 *
 * @param scope the store that the integration names, else the integration's own id; never contains a slash
 * @param orderId the store's id of the order, 1 to 128 characters
 */
public record OrderIdentity(String scope, String orderId) {

    /** Characters of the longest order id. */
    public static final int MAX_ORDER_ID = 128;

    public OrderIdentity {
        if (scope.isEmpty() || scope.indexOf('/') >= 0) {
            throw new IllegalArgumentException("scope is empty or has a slash");
        }
        if (orderId.isEmpty() || orderId.length() > MAX_ORDER_ID) {
            throw new IllegalArgumentException("order id is not 1 to " + MAX_ORDER_ID + " characters long");
        }
    }

    /** The spelling that keys and partitions are made of: {@code scope/orderId}. */
    public String text() {
        return scope + "/" + orderId;
    }

    /** Reads {@link #text()}. */
    public static OrderIdentity parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("an identity reads scope/orderId");
        }
        return new OrderIdentity(text.substring(0, slash), text.substring(slash + 1));
    }
}
