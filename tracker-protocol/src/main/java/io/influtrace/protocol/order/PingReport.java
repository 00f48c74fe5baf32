package io.influtrace.protocol.order;

import java.util.List;

/**
 * The touches of one browser, named together by its pixel.
 *
 * @param tokens click tokens, oldest first, unverified
 */
public record PingReport(String integration, long receivedAt, List<String> tokens) implements Report {
    public PingReport {
        tokens = List.copyOf(tokens);
    }
}
