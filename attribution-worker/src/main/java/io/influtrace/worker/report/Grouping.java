package io.influtrace.worker.report;

import io.influtrace.worker.reading.DayCount;

/** What one row of a report stands for. */
public enum Grouping {
    CREATORS("creators", "creator"),
    CAMPAIGNS("campaigns", "campaign"),
    LINKS("links", "link"),
    DAYS("days", "day"),
    PRODUCTS("products", "product");

    private final String word;
    private final String field;

    Grouping(String word, String field) {
        this.word = word;
        this.field = field;
    }

    /** As the path of the report spells it. */
    public String word() {
        return word;
    }

    /** The field of a row that names what it stands for. */
    String field() {
        return field;
    }

    /** The row that a creator's counter belongs to; empty for none. */
    String of(DayCount count) {
        return switch (this) {
            case CREATORS -> count.creator();
            case CAMPAIGNS -> count.campaign();
            case LINKS -> count.link();
            case DAYS -> count.day().toString();
            case PRODUCTS -> Products.name(count.metric());
        };
    }
}
