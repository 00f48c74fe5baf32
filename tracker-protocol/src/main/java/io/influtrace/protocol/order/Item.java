package io.influtrace.protocol.order;

/**
 * One line of an order, for the report by product; it never changes a credit.
 *
 * @param quantity pieces, 1 or more
 * @param price minor units of the order's currency a piece
 */
public record Item(String sku, String name, int quantity, long price, String collection) {}
