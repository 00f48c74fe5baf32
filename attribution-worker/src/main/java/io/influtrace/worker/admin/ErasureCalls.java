package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Coupon;
import io.influtrace.worker.catalog.Kind;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.ledger.Erasure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Erasure of a visitor by the id that events show, and of a customer by their email. */
final class ErasureCalls {

    private static final Pattern VISITOR = Pattern.compile("[0-9a-fA-F]{1,16}");
    private static final int MAX_EMAIL = 254;
    private static final int PAGE = 500;

    private final Erasure erasure;
    private final CatalogStore store;
    private final CustomerHash customers;

    ErasureCalls(Erasure erasure, CatalogStore store, CustomerHash customers) {
        this.erasure = erasure;
        this.store = store;
        this.customers = customers;
    }

    CompletionStage<Reply> visitor(String id) {
        if (!VISITOR.matcher(id).matches() || Long.parseUnsignedLong(id, 16) == 0) {
            throw Problem.invalid("id", "must be a visitor's id, 1 to 16 hexadecimal digits")
                    .refusal();
        }
        return erasure.visitor(Long.parseUnsignedLong(id, 16), store.catalog().windows())
                .thenApply(clicks -> Reply.ok(new JsonObject().put("clicks", clicks)));
    }

    CompletionStage<Reply> customer(Body body) {
        body.only(Set.of("email"));
        String hash = customers
                .hash(body.text("email", MAX_EMAIL))
                .orElseThrow(() -> body.invalid("email", "must be an email address"));
        return erasure.customer(hash, usedOnce())
                .thenApply(erased -> Reply.ok(new JsonObject()
                        .put("orders", erased.orders())
                        .put("codes", erased.codes())
                        .put("deadLetters", erased.deadLetters())
                        .put("waiting", erased.waiting())));
    }

    /** Coupons that are or once were to be used once by each customer. */
    private List<String> usedOnce() {
        List<String> ids = new ArrayList<>();
        String after = "";
        List<Timeline<Coupon>> page = store.list(Kind.COUPONS, after, PAGE);
        while (!page.isEmpty()) {
            for (Timeline<Coupon> line : page) {
                after = line.now().id();
                if (line.versions().stream().anyMatch(version -> version.value().oncePerCustomer())) {
                    ids.add(after);
                }
            }
            page = store.list(Kind.COUPONS, after, PAGE);
        }
        return ids;
    }
}
