package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.influtrace.worker.catalog.Timeline;
import io.vertx.core.json.JsonObject;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Coupons: {@code code, creator, link, integrations, activeFrom, activeUntil, usageLimit, oncePerCustomer, minimumValue}. */
record CouponResource() implements Resource<Coupon> {

    private static final long MOST_USES = 1_000_000_000;

    @Override
    public Kind<Coupon> kind() {
        return Kind.COUPONS;
    }

    @Override
    public String keyField() {
        return "id";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "id",
                "code",
                "creator",
                "link",
                "integrations",
                "activeFrom",
                "activeUntil",
                "usageLimit",
                "oncePerCustomer",
                "minimumValue",
                "retired");
    }

    @Override
    public Coupon parse(Body body, Optional<Coupon> known, Draft draft) {
        CouponCode code = CouponCode.of(body.text("code", CouponCode.MAX_LENGTH))
                .orElseThrow(() -> body.invalid("code", "must be 1 to " + CouponCode.MAX_LENGTH + " characters long"));
        if (known.isPresent() && !known.get().code().equals(code)) {
            throw body.invalid("code", "is fixed; map another code by another coupon");
        }
        OptionalLong from = body.from("activeFrom");
        OptionalLong until = body.until("activeUntil");
        References.ordered(body, from, until);
        Coupon coupon = new Coupon(
                known.map(Coupon::id).orElseGet(() -> free(code, draft)),
                code,
                References.one(body, "creator", Kind.CREATORS, draft),
                References.one(body, "link", Kind.LINKS, draft),
                References.integrations(body, draft),
                from,
                until,
                body.optionalNumber("usageLimit", 1, MOST_USES),
                body.flag("oncePerCustomer"),
                body.inner("minimumValue").map(CouponResource::minimum),
                body.flag("retired"));
        refuseSecondMapping(coupon, draft);
        return coupon;
    }

    private static Coupon.Minimum minimum(Body body) {
        Currency currency = CommissionBody.currency(body, "currency");
        return new Coupon.Minimum(CommissionBody.amount(body, "value", currency), currency.getCurrencyCode());
    }

    private static String free(CouponCode code, Draft draft) {
        String id = code.text();
        for (int number = 2; draft.now(Kind.COUPONS, id).isPresent(); number++) {
            id = code.text() + "~" + number;
        }
        return id;
    }

    private static void refuseSecondMapping(Coupon coupon, Draft draft) {
        for (Timeline<Coupon> timeline : draft.catalog().coupons(coupon.code())) {
            Coupon other = timeline.now();
            boolean both = !other.retired() && !coupon.retired() && !other.id().equals(coupon.id());
            Optional<String> shared = other.integrations().stream()
                    .filter(coupon.integrations()::contains)
                    .findFirst();
            boolean bare =
                    other.integrations().isEmpty() && coupon.integrations().isEmpty();
            if (both && (shared.isPresent() || bare) && overlap(coupon, other)) {
                throw Problem.last(
                                409,
                                "coupon_taken",
                                "Code " + coupon.code() + " is mapped to " + other.creator()
                                        + shared.map(id -> " for " + id).orElse("")
                                        + " already; change or retire that coupon first.")
                        .with(new JsonObject().put("id", other.id()).put("creator", other.creator()))
                        .refusal();
            }
        }
    }

    private static boolean overlap(Coupon one, Coupon other) {
        return one.activeFrom().orElse(0) < other.activeUntil().orElse(Long.MAX_VALUE)
                && other.activeFrom().orElse(0) < one.activeUntil().orElse(Long.MAX_VALUE);
    }

    @Override
    public Coupon put(Draft draft, Coupon value) {
        return draft.put(value);
    }

    @Override
    public Coupon retired(Coupon now) {
        return new Coupon(
                now.id(),
                now.code(),
                now.creator(),
                now.link(),
                now.integrations(),
                now.activeFrom(),
                now.activeUntil(),
                now.usageLimit(),
                now.oncePerCustomer(),
                now.minimumValue(),
                true);
    }

    @Override
    public JsonObject show(Coupon coupon) {
        JsonObject shown = new JsonObject()
                .put("id", coupon.id())
                .put("code", coupon.code().text())
                .put("creator", coupon.creator())
                .put("link", coupon.link())
                .put("integrations", Shown.list(coupon.integrations()));
        Shown.instant(shown, "activeFrom", coupon.activeFrom());
        Shown.instant(shown, "activeUntil", coupon.activeUntil());
        coupon.usageLimit().ifPresent(limit -> shown.put("usageLimit", limit));
        shown.put("oncePerCustomer", coupon.oncePerCustomer());
        coupon.minimumValue()
                .ifPresent(minimum -> shown.put(
                        "minimumValue",
                        new JsonObject()
                                .put("value", Money.decimal(minimum.value(), Currency.getInstance(minimum.currency())))
                                .put("currency", minimum.currency())));
        return shown.put("retired", coupon.retired());
    }

    @Override
    public String key(String path) {
        return CouponCode.of(path).map(CouponCode::text).orElse(path);
    }
}
