package io.influtrace.loadtest.drill;

/** How a Redis of a drill keeps what it acknowledges. */
enum Durability {
    MEMORY("memory"),
    OS("os"),
    FSYNC("fsync");

    private final String word;

    Durability(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** What its server is started with. */
    String[] options() {
        return switch (this) {
            case MEMORY -> new String[] {"--appendonly", "no"};
            case OS -> new String[] {"--appendonly", "yes", "--appendfsync", "everysec"};
            case FSYNC -> new String[] {"--appendonly", "yes", "--appendfsync", "always"};
        };
    }
}
