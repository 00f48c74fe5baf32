package io.influtrace.protocol.order;

/** One entry of an order stream: what somebody told the edge, kept before any 2xx. */
public sealed interface Report permits OrderReport, RefundReport, PingReport, SurveyReport, NameReport {

    /** The integration that reported. */
    String integration();

    /** When the edge received it, milliseconds since the epoch; every age is reckoned from here or from the body. */
    long receivedAt();
}
