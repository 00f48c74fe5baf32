package io.influtrace.worker.admin;

import io.influtrace.protocol.order.CouponCode;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Codes for many creators at once, from a pattern such as {@code {HANDLE}10}: {@code {pattern, creators, ...}} and what a
 * coupon has beside its code and creator. All are made, or none.
 */
final class GeneratedCoupons {

    /** Creators of one call: a few seconds of typing saved, and one short edit of the catalog. */
    static final int MOST = 500;

    /** Letters that nobody mixes up, spoken or read. */
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ";

    /** Random letters behind a taken code. */
    private static final int APPENDED = 3;

    /** Draws before it is plain that the pattern leaves no room. */
    private static final int TRIES = 20;

    private static final String HANDLE = "{HANDLE}";

    private final CatalogStore store;
    private final CouponResource resource = new CouponResource();
    private final RandomGenerator random;

    GeneratedCoupons(CatalogStore store, RandomGenerator random) {
        this.store = store;
        this.random = random;
    }

    CompletionStage<Reply> create(Body body, boolean csv) {
        Set<String> known = new HashSet<>(resource.fields());
        known.removeAll(Set.of("id", "code", "creator", "retired"));
        known.addAll(Set.of("pattern", "creators"));
        body.only(known);
        String pattern = body.text("pattern", CouponCode.MAX_LENGTH).toUpperCase(Locale.ROOT);
        if (!pattern.replace(HANDLE, "").matches("[\\p{L}\\p{N}_.-]*")) {
            throw body.invalid("pattern", "may hold letters, digits, '-', '_', '.' and {HANDLE}");
        }
        List<String> creators = body.texts("creators", MOST);
        if (creators.isEmpty()) {
            throw body.invalid("creators", "must name 1 to " + MOST + " creators");
        }
        return store.edit(draft -> {
            JsonArray made = new JsonArray();
            Set<CouponCode> taken = new HashSet<>();
            Set<String> named = new HashSet<>();
            for (String spelling : creators) {
                String handle = spelling.toLowerCase(Locale.ROOT);
                if (draft.now(Kind.CREATORS, handle)
                        .filter(creator -> !creator.retired())
                        .isEmpty()) {
                    throw body.invalid("creators", "names no known creator, '" + spelling + "'");
                }
                if (!named.add(handle)) {
                    throw body.invalid("creators", "names '" + spelling + "' twice");
                }
                CouponCode code = code(body, pattern, handle, taken, draft);
                taken.add(code);
                JsonObject fields = body.json().copy();
                fields.remove("pattern");
                fields.remove("creators");
                fields.put("code", code.text()).put("creator", handle);
                Coupon coupon = resource.parse(Body.of(fields), Optional.empty(), draft);
                made.add(resource.show(resource.put(draft, coupon)));
            }
            return Reply.table(201, new JsonObject().put("items", made), "items", csv);
        });
    }

    /** The pattern's code where nobody ever had it, else with random letters behind it: a code of old keeps its meaning. */
    private CouponCode code(Body body, String pattern, String handle, Set<CouponCode> taken, Draft draft) {
        String name = handle.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        String plain = pattern.replace(HANDLE, name);
        for (int tries = 0; tries < TRIES; tries++) {
            String text = tries == 0 ? plain : plain + letters();
            Optional<CouponCode> code = CouponCode.of(text);
            if (code.isPresent()
                    && !taken.contains(code.get())
                    && draft.catalog().coupons(code.get()).isEmpty()) {
                return code.get();
            }
        }
        throw body.invalid(
                "pattern", "gives no free code for " + handle + " within " + CouponCode.MAX_LENGTH + " characters");
    }

    private String letters() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < APPENDED; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return letters.toString();
    }
}
