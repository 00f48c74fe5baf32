package io.influtrace.edge.directory;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.util.Locale;

/**
 * The site of a host, by the Public Suffix List with its private part, so that two shops under one platform's suffix are
 * two sites. An IP address, a public suffix and a name without any suffix are each their own site.
 */
public final class Sites {

    private Sites() {}

    /** The site of a host without a port, lower case; empty for an empty host. */
    public static String of(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        if (plain.endsWith(".")) {
            plain = plain.substring(0, plain.length() - 1);
        }
        if (plain.isEmpty() || InetAddresses.isInetAddress(plain) || !InternetDomainName.isValid(plain)) {
            return plain;
        }
        InternetDomainName name = InternetDomainName.from(plain);
        return name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : plain;
    }
}
