package io.influtrace.edge;

import io.netty.channel.unix.Errors;
import io.vertx.core.Future;
import java.net.BindException;

/** Turns the failure to open a port into the sentence that mends it. */
final class Ports {

    private Ports() {}

    /** The same future; a port in use or out of reach fails it with {@link Refused}, naming its variable. */
    static <T> Future<T> naming(String variable, int port, Future<T> opening) {
        return opening.recover(failure -> Future.failedFuture(
                // The native transport has a failure of its own for a port in use.
                failure instanceof BindException || failure instanceof Errors.NativeIoException
                        ? new Refused(variable + " " + port + " cannot be opened (" + failure.getMessage()
                                + "): stop what holds it, or choose another port with " + variable + "=PORT.")
                        : failure));
    }
}
