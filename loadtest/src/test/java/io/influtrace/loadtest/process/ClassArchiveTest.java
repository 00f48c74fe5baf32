package io.influtrace.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is used only where it is of this very jar; else the process leaves a new one. */
class ClassArchiveTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void theFirstProcessLeavesAnArchiveAndTheNextUsesItUntilTheJarIsNew() throws IOException, LoadtestFailure {
        Path jar = Files.createFile(folder.resolve("edge.jar"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        assertThat(ClassArchive.option(jar)).startsWith("-XX:ArchiveClassesAtExit=");

        Path archive = Files.createFile(Path.of(ClassArchive.option(jar).split("=", 2)[1]));
        Files.setLastModifiedTime(archive, FileTime.fromMillis(2_000));
        assertThat(ClassArchive.option(jar)).isEqualTo("-XX:SharedArchiveFile=" + archive);

        Files.setLastModifiedTime(jar, FileTime.fromMillis(3_000));
        assertThat(ClassArchive.option(jar)).isEqualTo("-XX:ArchiveClassesAtExit=" + archive);
    }
}
