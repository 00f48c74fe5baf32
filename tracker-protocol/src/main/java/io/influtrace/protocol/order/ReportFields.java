package io.influtrace.protocol.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports as the fields of a stream entry and back. Absent fields are simply not written; lists are joined by line
 * feeds and an item's parts by tabs, which is why the edge lets neither through.
 */
public final class ReportFields {

    private static final String VERSION = "1";

    private ReportFields() {}

    /** An entry that no reader of this version understands; {@link #reason} is the dead letter's. */
    public static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        /** {@code unknown_version}, {@code unknown_kind}, {@code missing_field} or {@code bad_field}. */
        public final String reason;

        Malformed(String reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    /** The fields to XADD, in a fixed order. */
    public static Map<String, String> write(Report report) {
        Writer out = new Writer();
        out.put("v", VERSION);
        if (report instanceof OrderReport order) {
            out.put("k", "order")
                    .put("in", order.integration())
                    .put("id", order.identity().text());
            out.put("src", order.source().word()).put("at", order.occurredAt()).put("rx", order.receivedAt());
            out.put("st", order.integrationStatus()).put("val", order.value()).put("cur", order.currency());
            out.put("tax", order.tax()).put("shp", order.shipping()).put("dis", order.discount());
            out.put("cpn", order.coupons().stream().map(CouponCode::text).toList());
            out.put("tok", order.tokens()).put("ref", order.ref()).put("cus", order.customer());
            out.put("pay", order.paymentStatus());
            out.put("itm", order.items().stream().map(ReportFields::line).toList());
            out.put("sta", order.statedAt()).put("rnw", order.renews());
        } else if (report instanceof RefundReport refund) {
            out.put("k", "refund")
                    .put("in", refund.integration())
                    .put("id", refund.identity().text());
            out.put("src", refund.source().word()).put("rid", refund.refundId());
            out.put("at", refund.occurredAt()).put("rx", refund.receivedAt()).put("val", refund.value());
            out.put("cur", Optional.of(refund.currency()).filter(text -> !text.isEmpty()));
            out.put("can", refund.cancellation() ? Optional.of("1") : Optional.empty());
            out.put("run", refund.running() ? Optional.of("1") : Optional.empty());
        } else if (report instanceof PingReport ping) {
            out.put("k", "ping").put("in", ping.integration()).put("rx", ping.receivedAt());
            out.put("tok", ping.tokens());
        } else if (report instanceof SurveyReport survey) {
            out.put("k", "survey")
                    .put("in", survey.integration())
                    .put("id", survey.identity().text());
            out.put("rx", survey.receivedAt()).put("cre", survey.creator()).put("chn", survey.channel());
        } else if (report instanceof NameReport name) {
            out.put("k", "name")
                    .put("in", name.integration())
                    .put("id", name.identity().text());
            out.put("rx", name.receivedAt()).put("to", name.orderId());
        }
        return out.fields;
    }

    /** Reads what {@link #write} wrote; anything else is {@link Malformed}. */
    public static Report read(Map<String, String> fields) {
        Reader in = new Reader(fields);
        if (!in.text("v").equals(VERSION)) {
            throw new Malformed("unknown_version", "version " + in.text("v"));
        }
        return switch (in.text("k")) {
            case "order" -> order(in);
            case "refund" ->
                new RefundReport(
                        in.text("in"),
                        in.parsed("id", OrderIdentity::parse),
                        in.source(),
                        in.text("rid"),
                        in.number("at"),
                        in.number("rx"),
                        in.optionalNumber("val"),
                        in.optional("cur").orElse(""),
                        in.optional("can").isPresent(),
                        in.optional("run").isPresent());
            case "ping" -> new PingReport(in.text("in"), in.number("rx"), in.lines("tok"));
            case "survey" ->
                new SurveyReport(
                        in.text("in"),
                        in.parsed("id", OrderIdentity::parse),
                        in.number("rx"),
                        in.optional("cre"),
                        in.optional("chn"));
            case "name" ->
                new NameReport(in.text("in"), in.parsed("id", OrderIdentity::parse), in.number("rx"), in.text("to"));
            default -> throw new Malformed("unknown_kind", "kind " + in.text("k"));
        };
    }

    private static OrderReport order(Reader in) {
        return new OrderReport(
                in.text("in"),
                in.parsed("id", OrderIdentity::parse),
                in.source(),
                in.number("at"),
                in.number("rx"),
                in.text("st"),
                in.number("val"),
                in.text("cur"),
                in.optionalNumber("tax"),
                in.optionalNumber("shp"),
                in.optionalNumber("dis"),
                in.lines("cpn").stream().map(CouponCode::new).toList(),
                in.lines("tok"),
                in.optional("ref"),
                in.optional("cus"),
                in.optional("pay"),
                in.lines("itm").stream().map(ReportFields::item).toList(),
                in.optionalNumber("sta"),
                in.optional("rnw"));
    }

    private static String line(Item item) {
        return String.join(
                "\t",
                item.sku(),
                item.name(),
                Integer.toString(item.quantity()),
                Long.toString(item.price()),
                item.collection());
    }

    private static Item item(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 5) {
            throw new Malformed("bad_field", "itm");
        }
        try {
            return new Item(parts[0], parts[1], Integer.parseInt(parts[2]), Long.parseLong(parts[3]), parts[4]);
        } catch (NumberFormatException bad) {
            throw new Malformed("bad_field", "itm");
        }
    }

    private static final class Writer {
        private final Map<String, String> fields = new LinkedHashMap<>();

        Writer put(String name, String value) {
            fields.put(name, value);
            return this;
        }

        Writer put(String name, long value) {
            return put(name, Long.toString(value));
        }

        Writer put(String name, Optional<String> value) {
            value.ifPresent(text -> put(name, text));
            return this;
        }

        Writer put(String name, OptionalLong value) {
            value.ifPresent(number -> put(name, number));
            return this;
        }

        Writer put(String name, List<String> values) {
            return values.isEmpty() ? this : put(name, values.stream().collect(Collectors.joining("\n")));
        }
    }

    private record Reader(Map<String, String> fields) {
        String text(String name) {
            return optional(name).orElseThrow(() -> new Malformed("missing_field", name));
        }

        Optional<String> optional(String name) {
            @Nullable String value = fields.get(name);
            return Optional.ofNullable(value);
        }

        <T> T parsed(String name, Function<String, T> parse) {
            try {
                return parse.apply(text(name));
            } catch (Malformed known) {
                throw known;
            } catch (IllegalArgumentException bad) {
                throw new Malformed("bad_field", name);
            }
        }

        Source source() {
            return Arrays.stream(Source.values())
                    .filter(source -> source.word().equals(text("src")))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("bad_field", "src"));
        }

        long number(String name) {
            return parsed(name, Long::parseLong);
        }

        OptionalLong optionalNumber(String name) {
            return fields.containsKey(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
        }

        List<String> lines(String name) {
            return optional(name)
                    .map(text -> new ArrayList<>(Arrays.asList(text.split("\n", -1))))
                    .orElseGet(ArrayList::new);
        }
    }
}
