package io.influtrace.edge.redis;

import io.influtrace.protocol.redis.Deployment.Wanted;
import io.influtrace.protocol.redis.Durability;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first words with Redis: how durable it is, and which deployment lies in it. */
public final class Meeting {

    private Meeting() {}

    /** What every server that is connected says of itself; one that forbids the question is one that says nothing. */
    public static Future<Found> durability(RedisNodes nodes) {
        return nodes.each(Meeting::ask)
                .map(answers -> answers.stream().reduce(Found::and).orElseThrow());
    }

    /**
     * What servers said of themselves.
     *
     * @param durability of the weakest
     * @param waitAof whether all know WAITAOF
     */
    public record Found(Durability durability, boolean waitAof) {
        private Found and(Found other) {
            return new Found(durability.and(other.durability), waitAof && other.waitAof);
        }
    }

    private static Future<Found> ask(HeldConnection server) {
        Request fsync = Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync");
        Request command = Request.cmd(Command.COMMAND).arg("INFO").arg("WAITAOF");
        return said(server, Request.cmd(Command.INFO))
                .compose(info -> said(server, fsync).map(appendfsync -> Durability.of(info, appendfsync)))
                .compose(found -> said(server, command).map(known -> new Found(found, known.contains("waitaof"))));
    }

    /**
     * Makes each field of the deployment's record that nobody made yet, then reads them all.
     *
     * @param remembered what the last snapshot said: a deployment that lost its Redis keeps the keys of the tokens that
     *     are out there
     */
    public static Future<Map<String, String>> deployment(
            RedisNodes nodes, Wanted wanted, Map<String, String> remembered) {
        Map<String, String> offer = wanted.offer(new SecureRandom());
        offer.putAll(remembered);
        List<Request> requests = new ArrayList<>();
        offer.forEach((field, value) -> requests.add(
                Request.cmd(Command.HSETNX).arg(Keys.META).arg(field).arg(value)));
        requests.add(Request.cmd(Command.HGETALL).arg(Keys.META));
        return nodes.batch(Keys.META, requests).map(replies -> pairs(replies.get(replies.size() - 1)));
    }

    private static Future<String> said(HeldConnection server, Request question) {
        return server.send(question)
                .map(answer -> answer.toString())
                .recover(failure ->
                        failure instanceof RedisAway ? Future.failedFuture(failure) : Future.succeededFuture(""));
    }

    private static Map<String, String> pairs(Response reply) {
        Map<String, String> fields = new HashMap<>();
        if (reply.getKeys().isEmpty()) {
            for (int i = 0; i + 1 < reply.size(); i += 2) {
                fields.put(reply.get(i).toString(), reply.get(i + 1).toString());
            }
        } else {
            reply.getKeys().forEach(key -> fields.put(key, reply.get(key).toString()));
        }
        return fields;
    }
}
