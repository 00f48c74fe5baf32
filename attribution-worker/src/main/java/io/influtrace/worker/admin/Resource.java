package io.influtrace.worker.admin;

import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** One kind of configured thing as the API speaks of it. */
interface Resource<T> {

    /** Its kind in the catalog. */
    Kind<T> kind();

    /** The field that is its key, and fixed. */
    String keyField();

    /** Every field that a body may carry, those that are only shown too. */
    Set<String> fields();

    /**
     * Reads a whole thing.
     *
     * @param known what stands, where a change was merged over it
     */
    T parse(Body body, Optional<T> known, Draft draft);

    /** Adds a version. */
    T put(Draft draft, T value);

    /** The same, out of use from now on. */
    T retired(T value);

    /** As the API shows it. */
    JsonObject show(T value);

    /** The key that a path's last part means. */
    default String key(String path) {
        return path;
    }
}
