package io.influtrace.worker.scenario;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One story: the world it changes, what happens, what must stand at its end. */
record Story(String name, Node world, List<Node> steps, Node expect) {

    /** A story from a map such as a YAML file holds. */
    static Story of(Map<String, Object> fields) {
        Node story = Node.of("story", fields).knowing("name", "world", "steps", "expect");
        return new Story(story.need("name"), story.map("world"), story.nodes("steps"), story.map("expect"));
    }

    /** Every story of every {@code *.yaml} file of a folder, by file and place. */
    static List<Story> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
        List<Story> stories = new ArrayList<>();
        for (Path file : files) {
            try (Reader text = Files.newBufferedReader(file)) {
                StoryText.stories(text).forEach(map -> stories.add(of(map)));
            }
        }
        if (stories.isEmpty()) {
            throw new StoryError("no stories in " + folder.toAbsolutePath());
        }
        return stories;
    }
}
