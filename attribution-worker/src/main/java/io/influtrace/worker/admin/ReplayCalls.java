package io.influtrace.worker.admin;

import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.proof.Overlay;
import io.influtrace.worker.proof.Replays;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The dry run under another policy. */
final class ReplayCalls {

    private static final Set<String> FIELDS = Set.of("campaign", "model", "windowDays", "commission", "from", "to");
    private static final long END_OF_TIME = 253_370_764_800_000L;
    private static final int MOST_DAYS = 365;

    private final Vertx vertx;
    private final Catalog catalog;
    private final Replays replays;

    ReplayCalls(Vertx vertx, Catalog catalog, Replays replays) {
        this.vertx = vertx;
        this.catalog = catalog;
        this.replays = replays;
    }

    CompletionStage<Reply> run(Body body) {
        body.only(FIELDS);
        Overlay overlay = overlay(body);
        long from = body.from("from").orElse(0);
        long until = body.until("to").orElse(END_OF_TIME);
        if (until <= from) {
            throw body.invalid("to", "must not lie before from");
        }
        // One after another, on a thread that may wait: a run is work for seconds.
        return vertx.executeBlocking(() -> replays.run(overlay, from, until), true)
                .toCompletionStage()
                .thenApply(result -> Reply.ok(json(result.orElseThrow(() -> body.invalid(
                        "to",
                        "leaves more than " + Replays.MAX_ORDERS + " orders after from; ask for a shorter time")))));
    }

    private Overlay overlay(Body body) {
        String campaign = body.text("campaign", 64);
        if (catalog.campaign(campaign).isEmpty()) {
            throw body.invalid("campaign", "is not known here");
        }
        Map<String, Model> words = new TreeMap<>();
        Arrays.stream(Model.values()).forEach(model -> words.put(model.word(), model));
        Optional<Model> model = body.has("model") ? Optional.of(body.word("model", "", words)) : Optional.empty();
        OptionalLong days = body.optionalNumber("windowDays", 1, MOST_DAYS);
        Optional<Commission> commission = body.inner("commission").map(CommissionBody::read);
        if (commission.filter(Commission::tiered).isPresent()) {
            throw body.invalid(
                    "commission.tiers",
                    "cannot be replayed: an order's place in its month is stored only" + " where it was paid by tiers");
        }
        if (model.isEmpty() && days.isEmpty() && commission.isEmpty()) {
            throw body.invalid("campaign", "comes without model, windowDays or commission, so nothing would change");
        }
        return new Overlay(
                campaign,
                model,
                days.isPresent() ? OptionalInt.of((int) days.getAsLong()) : OptionalInt.empty(),
                commission);
    }

    private static JsonObject json(Replays.Result result) {
        JsonArray examples = new JsonArray();
        result.examples()
                .forEach(example -> examples.add(new JsonObject()
                        .put("store", example.order().scope())
                        .put("orderId", example.order().orderId())
                        .put("credits", rows(example.rows()))));
        return new JsonObject()
                .put("orders", result.orders())
                .put("changed", result.changed())
                .put("rows", rows(result.rows()))
                .put("examples", examples);
    }

    private static JsonArray rows(List<Replays.Row> rows) {
        JsonArray shown = new JsonArray();
        rows.forEach(row -> shown.add(new JsonObject()
                .put("creator", row.creator())
                .put("currency", row.currency())
                .put("before", row.before())
                .put("after", row.after())
                .put("difference", row.difference())));
        return shown;
    }
}
