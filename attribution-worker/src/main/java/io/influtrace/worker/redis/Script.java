package io.influtrace.worker.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One atomic effect in Redis: sent as its digest, and whole where the server has forgotten it. */
public record Script(String source, String sha1) {

    /** The script of resources beside a class, one behind the other. */
    public static Script of(Class<?> beside, String... resources) {
        StringBuilder source = new StringBuilder();
        for (String resource : resources) {
            source.append(text(beside, resource));
        }
        return of(source.toString());
    }

    /** The script of a text. */
    public static Script of(String source) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return new Script(source, HexFormat.of().formatHex(sha1.digest(source.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private static String text(Class<?> beside, String resource) {
        try (InputStream stream = beside.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + resource + " beside " + beside.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs it; all keys lie in one slot. */
    public <T, V> CompletionStage<T> run(
            RedisConnection<V> redis, ScriptOutputType output, List<String> keys, V[] arguments) {
        String[] names = keys.toArray(String[]::new);
        CompletionStage<T> known = redis.async().evalsha(sha1, output, names, arguments);
        return known.exceptionallyCompose(failure ->
                forgotten(failure) ? whole(redis, output, names, arguments) : CompletableFuture.failedStage(failure));
    }

    private <T, V> CompletionStage<T> whole(
            RedisConnection<V> redis, ScriptOutputType output, String[] keys, V[] arguments) {
        return redis.async().eval(source, output, keys, arguments);
    }

    private static boolean forgotten(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }
}
