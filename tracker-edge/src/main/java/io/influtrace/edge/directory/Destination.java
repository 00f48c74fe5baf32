package io.influtrace.edge.directory;

import io.influtrace.edge.directory.QueryText.Parameter;
import io.influtrace.protocol.config.PassQuery;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a link leads, cut into the pieces that a redirect puts together.
 *
 * <p>Order of the query: the destination's own, the visitor's, UTM, then {@code ref} and {@code itc}. A name that we
 * write belongs to us: the visitor's {@code ref} and {@code itc}, however spelt, never pass, and the destination's own
 * give way, because a page reads the first of two. The destination's own UTM stays and the campaign's fills the rest;
 * under {@code override} the visitor's replaces both.
 */
final class Destination {

    /** Parameters of a visitor that are passed on at most; no advertising network sends a tenth of it. */
    static final int MAX_PARAMETERS = 64;

    private final String base;
    private final List<Parameter> own;
    private final List<Parameter> utm;
    private final String fragment;
    private final PassQuery passQuery;
    private final Set<String> ours;
    private final String ready;

    private Destination(String base, List<Parameter> own, List<Parameter> utm, String fragment, PassQuery passQuery) {
        this.base = base;
        this.own = own;
        this.utm = utm;
        this.fragment = fragment;
        this.passQuery = passQuery;
        this.ours =
                Stream.concat(own.stream(), utm.stream()).map(Parameter::name).collect(Collectors.toUnmodifiableSet());
        this.ready = assemble(own, List.of(), utm);
    }

    static Destination of(String spelling, Map<String, String> utm, PassQuery passQuery) {
        String url = QueryText.wellFormed(spelling);
        int hash = url.indexOf('#');
        String fragment = hash < 0 ? "" : "#" + QueryText.safe(url.substring(hash + 1));
        String beforeHash = hash < 0 ? url : url.substring(0, hash);
        int mark = beforeHash.indexOf('?');
        String query = mark < 0 ? "" : beforeHash.substring(mark + 1);
        List<Parameter> own = QueryText.parameters(query, Integer.MAX_VALUE).stream()
                .filter(parameter -> !parameter.isOurs())
                .map(parameter -> new Parameter(parameter.name(), QueryText.safe(parameter.raw())))
                .toList();
        Set<String> taken = names(own);
        List<Parameter> ours = new TreeMap<>(utm)
                .entrySet().stream()
                        .filter(entry -> !taken.contains(entry.getKey()))
                        .map(entry -> new Parameter(
                                entry.getKey(),
                                QueryText.encode(entry.getKey()) + "=" + QueryText.encode(entry.getValue())))
                        .toList();
        String base = mark < 0 ? beforeHash : beforeHash.substring(0, mark);
        return new Destination(safeBase(base), own, ours, fragment, passQuery);
    }

    /** The whole location; the visitor's query is raw or empty, the reference is a known handle or empty. */
    String location(String visitorQuery, String encodedRef, String token) {
        String start = visitorQuery.isEmpty() || passQuery == PassQuery.NONE ? ready : merged(visitorQuery);
        StringBuilder url = new StringBuilder(start.length() + encodedRef.length() + token.length() + 16);
        url.append(start);
        if (!encodedRef.isEmpty()) {
            url.append("ref=").append(encodedRef).append('&');
        }
        return url.append("itc=").append(token).append(fragment).toString();
    }

    // Plain loops: one click in many bears a query, and streams made it cost as much as all the others together.
    private String merged(String visitorQuery) {
        List<Parameter> visitors = new ArrayList<>();
        for (Parameter parameter : QueryText.parameters(visitorQuery, MAX_PARAMETERS)) {
            boolean passes = passQuery == PassQuery.OVERRIDE || !ours.contains(parameter.name());
            if (passes && !parameter.isOurs()) {
                visitors.add(new Parameter(parameter.name(), QueryText.safeParameter(parameter.raw())));
            }
        }
        if (passQuery == PassQuery.OVERRIDE) {
            Set<String> taken = names(visitors);
            return assemble(lacking(own, taken), visitors, lacking(utm, taken));
        }
        return assemble(own, visitors, utm);
    }

    private String assemble(List<Parameter> first, List<Parameter> second, List<Parameter> third) {
        StringBuilder url = new StringBuilder(base.length() + 128).append(base).append('?');
        append(url, first);
        append(url, second);
        append(url, third);
        return url.toString();
    }

    private static void append(StringBuilder url, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            url.append(parameter.raw()).append('&');
        }
    }

    private static List<Parameter> lacking(List<Parameter> parameters, Set<String> taken) {
        return parameters.stream()
                .filter(parameter -> !taken.contains(parameter.name()))
                .toList();
    }

    private static Set<String> names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).collect(Collectors.toUnmodifiableSet());
    }

    private static String safeBase(String base) {
        int scheme = base.indexOf("://");
        int path = scheme < 0 ? -1 : base.indexOf('/', scheme + 3);
        if (scheme < 0) {
            return QueryText.safe(base);
        }
        String authority = path < 0 ? base.substring(scheme + 3) : base.substring(scheme + 3, path);
        String rest = path < 0 ? "" : base.substring(path);
        return QueryText.safe(base.substring(0, scheme)) + "://" + asciiAuthority(authority) + QueryText.safe(rest);
    }

    private static String asciiAuthority(String authority) {
        try {
            boolean ascii = authority.chars().allMatch(c -> c < 0x80);
            return QueryText.safe(ascii ? authority : IDN.toASCII(authority));
        } catch (IllegalArgumentException noHostName) {
            return QueryText.safe(authority);
        }
    }
}
