package io.influtrace.edge.offender;

import java.sql.Connection;

/** Imports a client that the edge does not use, on purpose. */
final class ReachesForTheWorkersClient {
    boolean use(Connection connection) {
        return connection == null;
    }
}
