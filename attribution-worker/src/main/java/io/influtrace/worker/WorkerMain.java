package io.influtrace.worker;

import ch.qos.logback.classic.LoggerContext;
import io.influtrace.protocol.settings.Settings;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.Refused;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the worker from the environment; with {@code ledger verify|rebuild} checks the books of one that runs, with
 * {@code dead-letters} looks after what could not be settled. Exit code 2 means that a setting, a port or Redis is to be
 * mended first.
 */
public final class WorkerMain {

    private static final int FAILED = 1;
    private static final int TO_BE_MENDED = 2;
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);

    private WorkerMain() {}

    /** The process. */
    public static void main(String[] arguments) {
        // Netty's own events for the flight recorder: to register them takes a third of a second of every start.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
        String command = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        int code = switch (command) {
            case "ledger" -> LedgerCommand.run(rest, System.getenv(), System.out);
            case "dead-letters" -> DeadLettersCommand.run(rest, System.getenv(), System.out);
            default -> run(System.getenv());
        };
        if (code != 0) {
            System.exit(code);
        }
    }

    private static int run(Map<String, String> environment) {
        WorkerSettings settings;
        try {
            settings = WorkerSettings.read(Settings.of(environment));
        } catch (Settings.Wrong wrong) {
            return refused(String.valueOf(wrong.getMessage()));
        }
        if (!settings.clockOffset().isZero()) {
            LOG.warn("clock=shifted by={} cause=CLOCK_OFFSET note=\"for rehearsals only\"", settings.clockOffset());
        }
        Worker worker = Worker.of(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker), "stop"));
        try {
            worker.start();
            return 0;
        } catch (Refused refused) {
            return refused(String.valueOf(refused.getMessage()));
        } catch (RedisAway | RedisException away) {
            return refused("Redis"
                    + settings.redis().map(address -> " (" + address + ")").orElse("")
                    + " cannot be used: " + rootOf(away).getMessage()
                    + "; start it or mend REDIS_URL, for nothing works here without it.");
        } catch (IOException noFolder) {
            return refused("DATA_DIR " + settings.dataDir() + " cannot be used: " + noFolder);
        } catch (InterruptedException stopped) {
            return FAILED;
        } catch (RuntimeException failed) {
            LOG.error("worker=failed", failed);
            return FAILED;
        }
    }

    // Logging goes last, with what its queue still holds.
    private static void stop(Worker worker) {
        worker.stop();
        LOG.info("worker=stopped");
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.stop();
        }
    }

    private static int refused(String sentence) {
        System.err.println(sentence);
        return TO_BE_MENDED;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
