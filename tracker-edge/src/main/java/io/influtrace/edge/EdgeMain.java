package io.influtrace.edge;

import io.influtrace.protocol.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the edge from the environment. Exit code 2 means that a setting or Redis is to be mended first. */
public final class EdgeMain {

    private static final int TO_BE_MENDED = 2;
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(EdgeMain.class);

    private EdgeMain() {}

    /** The process. */
    public static void main(String[] arguments) {
        // Netty's own events for the flight recorder: to register them takes a third of a second of every start.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
        EdgeSettings settings;
        try {
            settings = EdgeSettings.read(Settings.of(System.getenv()));
        } catch (Settings.Wrong wrong) {
            say(String.valueOf(wrong.getMessage()));
            System.exit(TO_BE_MENDED);
            return;
        }
        if (!settings.clockOffset().isZero()) {
            LOG.warn("clock=shifted by={} cause=CLOCK_OFFSET note=\"for rehearsals only\"", settings.clockOffset());
        }
        try {
            Edge.start(settings, EdgeMain::refuse)
                    .onSuccess(edge -> Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(edge, settings))))
                    .onFailure(EdgeMain::fail);
        } catch (IOException noFolder) {
            say("DATA_DIR " + settings.dataDir() + " cannot be used: " + noFolder.getMessage());
            System.exit(TO_BE_MENDED);
        }
    }

    private static void refuse(Refused refused) {
        say(String.valueOf(refused.getMessage()));
        leave(TO_BE_MENDED);
    }

    private static void fail(Throwable failure) {
        if (failure instanceof Refused refused) {
            refuse(refused);
        } else {
            LOG.error("edge=failed", failure);
            leave(1);
        }
    }

    // Not on the event loop that found out: the stop that follows needs it.
    private static void leave(int code) {
        new Thread(() -> System.exit(code), "exit").start();
    }

    private static void stop(Edge edge, EdgeSettings settings) {
        CountDownLatch stopped = new CountDownLatch(1);
        edge.stop().onComplete(done -> stopped.countDown());
        try {
            if (!stopped.await(
                    settings.lead().plus(settings.grace()).plus(LAST_PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("stop=unfinished");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String sentence) {
        System.err.println(sentence);
    }
}
