package io.influtrace.edge.webhook;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.OrderReport;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The signals of an order, gathered from wherever a platform keeps them: an address that the visit began at, and the
 * shop's own keys {@code itc}, {@code ref}, {@code coupon} and {@code renews}, hidden by leading underscores or not.
 */
final class Signals {

    private static final int MAX_PARAMETERS = 100;
    private static final int TOKEN_LENGTH = 64;
    private static final int NAME_LENGTH = 200;
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{" + ClickTokens.LENGTH + "}");

    private final Set<String> tokens = new LinkedHashSet<>();
    private final Set<CouponCode> codes = new LinkedHashSet<>();
    private Optional<String> ref = Optional.empty();
    private Optional<String> renews = Optional.empty();

    /** An address or a path with its query; one that cannot be read says nothing. */
    void address(String address) {
        Map<String, List<String>> query;
        try {
            query = new QueryStringDecoder(address, StandardCharsets.UTF_8, true, MAX_PARAMETERS).parameters();
        } catch (IllegalArgumentException unreadable) {
            return;
        }
        query.getOrDefault("itc", List.of()).forEach(this::tokens);
        query.getOrDefault("ref", List.of()).forEach(this::ref);
    }

    /** One of the shop's own keys; any other is none of ours. */
    void named(String key, String value) {
        switch (key.replaceFirst("^_+", "").toLowerCase(Locale.ROOT)) {
            case "itc" -> tokens(value);
            case "ref" -> ref(value);
            case "coupon" -> code(value);
            case "renews" -> renews = Optional.of(value.strip()).filter(id -> !id.isEmpty());
            default -> {
                // A shop keeps much beside an order.
            }
        }
    }

    /** A text that is a click token, or something of the shop's own. */
    void perhaps(String text) {
        if (TOKEN.matcher(text).matches()) {
            tokens.add(text);
        }
    }

    void code(String spelling) {
        CouponCode.of(spelling).ifPresent(codes::add);
    }

    List<String> tokens() {
        List<String> all = new ArrayList<>(tokens);
        return all.subList(Math.max(0, all.size() - OrderReport.MAX_TOKENS), all.size());
    }

    List<CouponCode> codes() {
        return codes.stream().limit(OrderReport.MAX_COUPONS).toList();
    }

    Optional<String> ref() {
        return ref;
    }

    Optional<String> renews() {
        return renews;
    }

    private void tokens(String text) {
        BETWEEN.splitAsStream(text.strip())
                .filter(token -> !token.isEmpty() && token.length() <= TOKEN_LENGTH)
                .forEach(tokens::add);
    }

    private void ref(String handle) {
        ref = Optional.of(handle.replaceAll("\\p{Cntrl}", " ").strip())
                .filter(text -> !text.isEmpty() && text.length() <= NAME_LENGTH);
    }
}
