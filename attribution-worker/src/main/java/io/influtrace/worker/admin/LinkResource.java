package io.influtrace.worker.admin;

import io.influtrace.protocol.config.PassQuery;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.influtrace.worker.catalog.Link;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Links: {@code slug, campaign, destination, integrations, creator, utm, passQuery, activeFrom, activeUntil, fallbackUrl}. */
record LinkResource(String publicUrl) implements Resource<Link> {

    private static final Map<String, PassQuery> PASS_QUERY =
            Map.of("none", PassQuery.NONE, "fill", PassQuery.FILL, "override", PassQuery.OVERRIDE);

    @Override
    public Kind<Link> kind() {
        return Kind.LINKS;
    }

    @Override
    public String keyField() {
        return "slug";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "slug",
                "campaign",
                "destination",
                "integrations",
                "creator",
                "utm",
                "passQuery",
                "activeFrom",
                "activeUntil",
                "fallbackUrl",
                "retired",
                "url");
    }

    @Override
    public Link parse(Body body, Optional<Link> known, Draft draft) {
        OptionalLong from = body.from("activeFrom");
        OptionalLong until = body.until("activeUntil");
        References.ordered(body, from, until);
        return new Link(
                body.matching("slug", Names.ID, Names.ID_WORDS),
                0,
                References.one(body, "campaign", Kind.CAMPAIGNS, draft),
                body.url("destination").orElseThrow(() -> body.invalid("destination", "is missing")),
                References.integrations(body, draft),
                References.optional(body, "creator", Kind.CREATORS, draft),
                body.parameters("utm", Names.UTM, Names.MOST_UTM),
                body.word("passQuery", PassQuery.FILL.word(), PASS_QUERY),
                from,
                until,
                body.url("fallbackUrl"),
                body.flag("retired"));
    }

    @Override
    public Link put(Draft draft, Link value) {
        return draft.put(value);
    }

    @Override
    public Link retired(Link now) {
        return new Link(
                now.slug(),
                now.number(),
                now.campaign(),
                now.destination(),
                now.integrations(),
                now.creator(),
                now.utm(),
                now.passQuery(),
                now.activeFrom(),
                now.activeUntil(),
                now.fallbackUrl(),
                true);
    }

    @Override
    public JsonObject show(Link link) {
        JsonObject shown = new JsonObject()
                .put("slug", link.slug())
                .put("url", publicUrl + "/p/" + link.slug())
                .put("campaign", link.campaign())
                .put("destination", link.destination())
                .put("integrations", Shown.list(link.integrations()));
        Shown.optional(shown, "creator", link.creator());
        shown.put("utm", Shown.map(link.utm()))
                .put("passQuery", link.passQuery().word());
        Shown.instant(shown, "activeFrom", link.activeFrom());
        Shown.instant(shown, "activeUntil", link.activeUntil());
        Shown.optional(shown, "fallbackUrl", link.fallbackUrl());
        return shown.put("retired", link.retired());
    }
}
