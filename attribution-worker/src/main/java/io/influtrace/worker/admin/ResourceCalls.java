package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.http.Refusal;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Timeline;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Create, list, read, change and retire, the same for every kind of configured thing. */
final class ResourceCalls<T> {

    private final CatalogStore store;
    private final Resource<T> resource;

    ResourceCalls(CatalogStore store, Resource<T> resource) {
        this.store = store;
        this.resource = resource;
    }

    CompletionStage<Reply> create(Body body) {
        body.only(resource.fields());
        return store.edit(draft -> {
            T made = resource.parse(body, Optional.empty(), draft);
            String key = resource.kind().key().apply(made);
            if (draft.now(resource.kind(), key).isPresent()) {
                throw Problem.last(
                                409,
                                "already_exists",
                                "A " + resource.kind() + " '" + key + "' is there already; change it by PATCH.")
                        .refusal();
            }
            return Reply.created(resource.show(resource.put(draft, made)));
        });
    }

    CompletionStage<Reply> list(Page page) {
        List<Timeline<T>> found = store.list(resource.kind(), page.cursor(), page.limit() + 1);
        JsonArray items = new JsonArray();
        found.stream().limit(page.limit()).forEach(timeline -> items.add(resource.show(timeline.now())));
        JsonObject body = new JsonObject().put("items", items);
        if (found.size() > page.limit()) {
            T last = found.get(page.limit() - 1).now();
            body.put("next", Page.next(resource.kind().key().apply(last)));
        }
        return CompletableFuture.completedFuture(Reply.ok(body));
    }

    CompletionStage<Reply> read(String path) {
        return store.find(resource.kind(), resource.key(path))
                .<CompletionStage<Reply>>map(
                        timeline -> CompletableFuture.completedFuture(Reply.ok(resource.show(timeline.now()))))
                .orElseGet(() -> CompletableFuture.failedFuture(unknown(path)));
    }

    /** Merges the body over what stands (RFC 7396: null takes a field away) and reads the whole anew. */
    CompletionStage<Reply> change(String path, Body body) {
        body.only(resource.fields());
        return store.edit(draft -> {
            T now = known(draft, path);
            JsonObject merged = Merge.over(resource.show(now), body.json());
            T changed = resource.parse(Body.of(merged), Optional.of(now), draft);
            String key = resource.kind().key().apply(now);
            if (!key.equals(resource.kind().key().apply(changed))
                    || !key.equals(merged.getString(resource.keyField()))) {
                throw body.invalid(resource.keyField(), "is fixed");
            }
            return Reply.ok(resource.show(resource.put(draft, changed)));
        });
    }

    CompletionStage<Reply> retire(String path) {
        return store.edit(draft -> Reply.ok(resource.show(resource.put(draft, resource.retired(known(draft, path))))));
    }

    private T known(Draft draft, String path) {
        return draft.now(resource.kind(), resource.key(path)).orElseThrow(() -> unknown(path));
    }

    private Refusal unknown(String path) {
        return Problem.unknown("The " + resource.kind() + " '" + path + "'").refusal();
    }
}
