package io.influtrace.loadtest.load;

/**
 * What there is to click and to buy.
 *
 * @param slug of the links, followed by their number from 0
 * @param handle of the creators, followed by their number from 0
 * @param integration that takes orders and pings
 * @param origin that it is registered for
 */
public record Shop(String slug, int links, String handle, int creators, String integration, String origin) {}
