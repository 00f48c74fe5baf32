package io.influtrace.edge;

import io.influtrace.edge.http.Certificate;
import io.influtrace.edge.ops.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of the public port's certificate: new ones are taken without a restart, unfit ones leave the old
 * in force. Confined to one event loop.
 */
final class Renewal {

    /** How often the files are read: two reads from the page cache, and a renewal is in force before its author looks. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final Vertx vertx;
    private final Path chain;
    private final Path key;
    private final Meters meters;
    private volatile Certificate current;

    private Renewal(Vertx vertx, Path chain, Path key, Meters meters, Certificate first) {
        this.vertx = vertx;
        this.chain = chain;
        this.key = key;
        this.meters = meters;
        this.current = first;
    }

    /** Reads the files for the first time; fails with {@link Refused}. */
    static Future<Renewal> of(Vertx vertx, Path chain, Path key, Meters meters) {
        return read(vertx, chain, key)
                .map(first -> {
                    Renewal renewal = new Renewal(vertx, chain, key, meters, first);
                    meters.gauge(
                            "influtrace.edge.certificate.expiry",
                            "seconds",
                            () -> renewal.current.expiry().getEpochSecond());
                    return renewal;
                })
                .recover(unfit -> Future.failedFuture(new Refused("TLS_CERT " + chain + " and TLS_KEY " + key
                        + " cannot be used (" + unfit.getMessage()
                        + "): they are PEM files, the certificate's chain and its PKCS #8 key.")));
    }

    Certificate current() {
        return current;
    }

    /** Goes on reading them and hands on what is new; a future that fails is tried again. */
    void watch(Function<Certificate, Future<?>> use) {
        vertx.setPeriodic(EVERY.toMillis(), timer -> look(use));
    }

    private void look(Function<Certificate, Future<?>> use) {
        read(vertx, chain, key)
                .compose(found -> found.isSameAs(current)
                        ? Future.succeededFuture()
                        : use.apply(found).onSuccess(used -> {
                            current = found;
                            meters.certificate("renewed");
                            LOG.info("certificate=renewed until={}", found.expiry());
                        }))
                .onFailure(unfit -> {
                    meters.certificate("refused");
                    LOG.warn("certificate=refused cause=\"{}\" note=\"the old one stays\"", unfit.getMessage());
                });
    }

    private static Future<Certificate> read(Vertx vertx, Path chain, Path key) {
        return vertx.executeBlocking(() -> {
            try {
                return Certificate.read(vertx, chain, key);
            } catch (IOException unreadable) {
                throw new GeneralSecurityException("unreadable: " + unreadable.getMessage(), unreadable);
            }
        });
    }
}
