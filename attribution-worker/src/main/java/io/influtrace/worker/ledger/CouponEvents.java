package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.reading.EventView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the event of a code in its order's record. */
record CouponEvents(Ledger ledger, Catalog catalog) {

    /** What the id of every such event begins with. */
    static final String PREFIX = "coupon:";

    /** {@code coupon:{integration}/{orderId}} with the code behind it for one set aside; an order id may have slashes. */
    CompletionStage<Optional<EventView>> event(String id) {
        String text = id.substring(PREFIX.length());
        int slash = text.indexOf('/');
        if (slash < 0) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        String scope = catalog.integration(text.substring(0, slash))
                .map(line -> line.now().scope())
                .orElse(text.substring(0, slash));
        String orderId = text.substring(slash + 1);
        return event(id, scope, orderId).thenCompose(found -> {
            int last = orderId.lastIndexOf('/');
            return found.isPresent() || last < 1
                    ? CompletableFuture.completedStage(found)
                    : event(id, scope, orderId.substring(0, last));
        });
    }

    private CompletionStage<Optional<EventView>> event(String id, String scope, String orderId) {
        if (scope.isEmpty() || orderId.isEmpty() || orderId.length() > OrderIdentity.MAX_ORDER_ID) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        OrderIdentity identity = new OrderIdentity(scope, orderId);
        return ledger.read(identity).thenApply(record -> Views.couponEvent(identity, record, id));
    }
}
