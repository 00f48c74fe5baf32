package io.influtrace.worker.attribution;

/**
 * One signal that was looked at.
 *
 * @param subject the code, the click's id, or empty
 * @param rule the code of the rule that decided about it
 * @param outcome {@code credited}, {@code assist} or {@code set_aside}
 * @param detail the same in words and numbers, such as «ava clicked 31 d 2 h before; window 30 d»
 */
public record TraceStep(Signal signal, String subject, String rule, String outcome, String detail) {}
