package io.influtrace.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The classes that a jar's process loads, kept beside the jar as the JVM can map them: about half of the start's time.
 * The first process that ends in order leaves the archive, later ones use it; a new jar or another JVM makes a new one.
 */
final class ClassArchive {

    private ClassArchive() {}

    /** The JVM's option: to use the jar's archive, or to leave one at the end where there is none that fits. */
    static String option(Path jar) throws LoadtestFailure {
        Path whole = jar.toAbsolutePath();
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        Path archive = whole.resolveSibling(name + "-" + Runtime.version().feature() + ".jsa");
        try {
            boolean fits = Files.exists(archive)
                    && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(whole)) > 0;
            return (fits ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive;
        } catch (IOException unreadable) {
            throw new LoadtestFailure(jar + " cannot be read: build it with ./mvnw package.", unreadable);
        }
    }
}
