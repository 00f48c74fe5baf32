package io.influtrace.worker.scenario;

import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML in which every scalar is the text that its author wrote: a code {@code OFF}, an order {@code 0012}. */
public final class StoryText {

    private StoryText() {}

    /** The stories of a file; a name that stands twice in one map is an error, since one of them would be lost. */
    public static List<Map<String, Object>> stories(Reader text) {
        List<Map<String, Object>> stories = new ArrayList<>();
        for (Object document : yaml().loadAll(text)) {
            if (document == null) {
                continue;
            }
            if (!(document instanceof List<?> list)) {
                throw new StoryError("a file of stories is a list");
            }
            list.forEach(story -> stories.add(Node.of("story", story).fields()));
        }
        return stories;
    }

    static Map<String, Object> map(String text) {
        return yaml().load(text);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10_000);
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new OnlyText());
    }

    /** Of YAML's own readings of a plain scalar only null and the merge key are left. */
    private static final class OnlyText extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, Pattern.compile("^(?:<<)$"), "<", 10);
            addImplicitResolver(Tag.NULL, Pattern.compile("^(?:~|null|Null|NULL)$"), "~nN", 10);
            addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null, 10);
        }
    }
}
