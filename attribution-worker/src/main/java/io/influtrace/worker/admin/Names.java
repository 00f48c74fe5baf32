package io.influtrace.worker.admin;

import java.util.regex.Pattern;

/** What names may look like, each with the words of its refusal. */
final class Names {

    static final Pattern HANDLE = Pattern.compile("[a-z0-9_][a-z0-9._-]{0,63}");
    static final String HANDLE_WORDS =
            "must be 1 to 64 lower-case letters, digits, dots, dashes or underscores and begin with none of . and -";
    static final Pattern ID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}");
    static final String ID_WORDS =
            "must be 1 to 64 letters, digits, dots, dashes or underscores and begin with none of . and -";

    /** Parameters that campaigns and links add; never {@code ref} and {@code itc}, which are ours. */
    static final Pattern UTM = Pattern.compile("utm_[a-z_]{1,32}");

    static final int MOST_UTM = 10;
    static final int NAME_LENGTH = 200;

    /** Integrations, overrides and other lists within one thing. */
    static final int MOST_LISTED = 500;

    private Names() {}
}
