package io.influtrace.worker;

import io.influtrace.protocol.redis.Deployment;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.RedisAddress;
import io.influtrace.protocol.settings.Settings;
import io.influtrace.worker.ledger.DeadLetterBox;
import io.influtrace.worker.reading.DeadLetter;
import io.influtrace.worker.reading.Reading.Page;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.RedisException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code dead-letters list [REASON]}, {@code show ID} and {@code replay ID}, over the Redis of {@code REDIS_URL} or the
 * embedded one of the worker that runs here. Exit code 0; 1 where there is no such letter; 2 where it could not be looked at.
 */
final class DeadLettersCommand {

    private static final int NONE_SUCH = 1;
    private static final int TO_BE_MENDED = 2;
    private static final int PAGE = 500;

    private final RedisConnection<String> redis;
    private final int partitions;
    private final PrintStream out;

    private DeadLettersCommand(RedisConnection<String> redis, int partitions, PrintStream out) {
        this.redis = redis;
        this.partitions = partitions;
        this.out = out;
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        String call = arguments.isEmpty() ? "" : arguments.get(0);
        boolean known = switch (call) {
            case "list" -> arguments.size() <= 2;
            case "show", "replay" -> arguments.size() == 2;
            default -> false;
        };
        if (!known) {
            return refused("Say dead-letters list [REASON], dead-letters show ID, or dead-letters replay ID.");
        }
        WorkerSettings settings;
        try {
            settings = WorkerSettings.read(Settings.of(environment));
        } catch (Settings.Wrong wrong) {
            return refused(String.valueOf(wrong.getMessage()));
        }
        RedisAddress address = settings.redis().orElseGet(() -> RedisAddress.local(settings.redisPort()));
        try (Redis client = Redis.of(address);
                RedisConnection<String> connection = client.connect()) {
            Deployment deployment =
                    settings.wanted().with(Answers.of(connection.async().hgetall(Keys.META)));
            DeadLettersCommand command =
                    new DeadLettersCommand(connection, deployment.partitions().count(), out);
            return switch (call) {
                case "list" -> command.list(arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty());
                case "show" -> command.show(arguments.get(1));
                default -> command.replay(arguments.get(1));
            };
        } catch (RedisAway | RedisException away) {
            return refused("Redis (" + address + ") cannot be asked: " + away.getMessage()
                    + "; start the worker, or say by REDIS_URL where its Redis is.");
        } catch (IllegalStateException notOurs) {
            return refused(String.valueOf(notOurs.getMessage()));
        }
    }

    private int list(Optional<String> reason) {
        Page<DeadLetter> page = Answers.of(DeadLetterBox.list(redis, partitions, "", PAGE));
        while (true) {
            page.items().stream()
                    .filter(letter -> reason.isEmpty() || letter.reason().equals(reason.get()))
                    .forEach(letter -> out.println(letter.id() + "  " + letter.reason() + "  " + subject(letter)));
            if (page.next().isEmpty()) {
                return 0;
            }
            page = Answers.of(DeadLetterBox.list(redis, partitions, page.next(), PAGE));
        }
    }

    private int show(String id) {
        Optional<DeadLetter> letter = Answers.of(DeadLetterBox.find(redis, partitions, id));
        if (letter.isEmpty()) {
            return noneSuch(id);
        }
        new TreeMap<>(letter.get().fields()).forEach((name, value) -> out.println(name + " = " + plain(value)));
        return 0;
    }

    private int replay(String id) {
        if (!Answers.of(DeadLetterBox.replay(redis, partitions, id))) {
            return noneSuch(id);
        }
        out.println(id + " is back in its stream.");
        return 0;
    }

    private static String subject(DeadLetter letter) {
        return plain(letter.fields().getOrDefault("k", "?")) + " "
                + plain(letter.fields().getOrDefault("id", letter.fields().getOrDefault("in", "?")));
    }

    /** No control character of a stranger's reaches a terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static int noneSuch(String id) {
        System.err.println("There is no dead letter " + plain(id) + "; dead-letters list names those that are.");
        return NONE_SUCH;
    }

    private static int refused(String sentence) {
        System.err.println(sentence);
        return TO_BE_MENDED;
    }
}
