package io.influtrace.worker.admin;

import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Creators: {@code handle, name, email}; the email is kept as its hash alone and never shown. */
record CreatorResource(CustomerHash customers) implements Resource<Creator> {

    @Override
    public Kind<Creator> kind() {
        return Kind.CREATORS;
    }

    @Override
    public String keyField() {
        return "handle";
    }

    @Override
    public Set<String> fields() {
        return Set.of("handle", "name", "email", "hasEmail", "retired");
    }

    @Override
    public Creator parse(Body body, Optional<Creator> known, Draft draft) {
        String handle = body.matching("handle", Names.HANDLE, Names.HANDLE_WORDS);
        Optional<String> email = body.optional("email", 254);
        Optional<String> hash = email.map(
                text -> customers.hash(text).orElseThrow(() -> body.invalid("email", "must be an email address")));
        boolean dropped = body.json().containsKey("email") && email.isEmpty();
        return new Creator(
                handle,
                0,
                body.optional("name", Names.NAME_LENGTH).orElse(handle),
                hash.or(() -> dropped ? Optional.empty() : known.flatMap(Creator::emailHash)),
                body.flag("retired"));
    }

    @Override
    public Creator put(Draft draft, Creator value) {
        return draft.put(value);
    }

    @Override
    public Creator retired(Creator value) {
        return new Creator(value.handle(), value.number(), value.name(), value.emailHash(), true);
    }

    @Override
    public JsonObject show(Creator creator) {
        return new JsonObject()
                .put("handle", creator.handle())
                .put("name", creator.name())
                .put("hasEmail", creator.emailHash().isPresent())
                .put("retired", creator.retired());
    }

    @Override
    public String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }
}
