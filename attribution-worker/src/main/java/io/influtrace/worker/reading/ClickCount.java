package io.influtrace.worker.reading;

import io.influtrace.protocol.click.ClickClass;
import java.time.LocalDate;

/**
 * Clicks of one UTC day.
 *
 * @param link the link's number
 * @param creator the creator's number
 */
public record ClickCount(LocalDate day, int link, int creator, ClickClass clickClass, long clicks) {}
