package io.influtrace.edge.directory;

import io.vertx.core.Vertx;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the snapshot some time after a change, so that a burst of changes costs one write. */
public final class SnapshotWriter {

    private static final long SETTLE_MS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

    private final Vertx vertx;
    private final SnapshotFile file;
    private final Directory directory;
    private final SnapshotFile.Meta meta;
    private boolean due;

    private SnapshotWriter(Vertx vertx, SnapshotFile file, Directory directory, SnapshotFile.Meta meta) {
        this.vertx = vertx;
        this.file = file;
        this.directory = directory;
        this.meta = meta;
    }

    /** A writer for the event loop that tells it of changes. */
    public static SnapshotWriter of(Vertx vertx, SnapshotFile file, Directory directory, SnapshotFile.Meta meta) {
        return new SnapshotWriter(vertx, file, directory, meta);
    }

    /** Something changed. */
    public void changed() {
        if (!due) {
            due = true;
            vertx.setTimer(SETTLE_MS, timer -> {
                due = false;
                vertx.executeBlocking(() -> {
                            file.write(directory, meta);
                            return Boolean.TRUE;
                        })
                        .onFailure(failed -> LOG.error("snapshot=failed cause=\"{}\"", failed.toString()));
            });
        }
    }

    /** Writes what a timer would have written later; blocks on disk, so after the event loops stopped. */
    public void finish() {
        if (due) {
            try {
                file.write(directory, meta);
            } catch (IOException failed) {
                LOG.error("snapshot=failed cause=\"{}\"", failed.toString());
            }
        }
    }
}
