package io.influtrace.edge.http;

import com.google.common.net.InetAddresses;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Facts about who sent a request and by which name they know us. Forwarding headers count only from a proxy that the
 * operator trusts: anybody can write them.
 */
public final class Senders {

    private final List<IpSubnetFilterRule> trusted;
    private final Optional<String> publicScheme;

    private Senders(List<IpSubnetFilterRule> trusted, Optional<String> publicScheme) {
        this.trusted = trusted;
        this.publicScheme = publicScheme;
    }

    /** With those proxies; where the public scheme is known it needs no forwarding header. */
    public static Senders of(List<IpSubnetFilterRule> trusted, Optional<String> publicScheme) {
        return new Senders(List.copyOf(trusted), publicScheme);
    }

    /** Reads addresses and subnets, comma-separated; an {@link IllegalArgumentException} says which is wrong. */
    public static List<IpSubnetFilterRule> parseTrusted(String text) {
        List<IpSubnetFilterRule> rules = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String subnet = part.strip();
            if (subnet.isEmpty()) {
                continue;
            }
            int slash = subnet.indexOf('/');
            String address = slash < 0 ? subnet : subnet.substring(0, slash);
            if (!InetAddresses.isInetAddress(address)) {
                throw new IllegalArgumentException("names '" + subnet + "', which is no address or subnet");
            }
            int bits = InetAddresses.forString(address).getAddress().length * 8;
            try {
                int prefix = slash < 0 ? bits : Integer.parseInt(subnet.substring(slash + 1));
                rules.add(new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT));
            } catch (IllegalArgumentException badPrefix) {
                throw new IllegalArgumentException("names '" + subnet + "', which is no subnet", badPrefix);
            }
        }
        return rules;
    }

    /** The address of the sender, without a port. */
    public String address(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer == null ? "" : peer;
        }
        String[] hops =
                String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!InetAddresses.isInetAddress(hop)) {
                break;
            }
            peer = hop;
            if (!isTrusted(hop)) {
                break;
            }
        }
        return peer == null ? "" : peer;
    }

    /** The host by which the sender called us, lower case, without a port. */
    public String host(HttpServerRequest request) {
        @Nullable String forwarded = forwarded(request, "X-Forwarded-Host");
        if (forwarded != null) {
            int port = forwarded.endsWith("]") ? -1 : forwarded.lastIndexOf(':');
            return (port < 0 ? forwarded : forwarded.substring(0, port)).toLowerCase(Locale.ROOT);
        }
        @Nullable HostAndPort authority = request.authority();
        return authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    }

    /** True where the browser speaks https to us or to a proxy before us. */
    public boolean isSecure(HttpServerRequest request) {
        if (publicScheme.isPresent()) {
            return publicScheme.get().equals("https");
        }
        return "https".equalsIgnoreCase(forwarded(request, "X-Forwarded-Proto")) || request.isSSL();
    }

    private @Nullable String forwarded(HttpServerRequest request, String header) {
        if (trusted.isEmpty() || !isTrusted(request.remoteAddress().hostAddress())) {
            return null;
        }
        // The last word is the trusted proxy's own: whatever stands before it the sender may have written.
        List<String> lines = request.headers().getAll(header);
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        String value = last.substring(last.lastIndexOf(',') + 1).strip();
        return value.isEmpty() ? null : value;
    }

    private boolean isTrusted(@Nullable String address) {
        if (address == null || !InetAddresses.isInetAddress(address)) {
            return false;
        }
        InetSocketAddress socket = new InetSocketAddress(InetAddresses.forString(address), 0);
        return trusted.stream().anyMatch(rule -> rule.matches(socket));
    }
}
