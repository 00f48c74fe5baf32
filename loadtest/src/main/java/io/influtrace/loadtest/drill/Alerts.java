package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Prometheus rules that ship with the product. */
final class Alerts {

    private static final Path FILE = Path.of("scripts/alerts.yml");

    private Alerts() {}

    /** Every rule of the file; one that is not understood whole is a failure, never passed over. */
    static List<AlertRule> read(Path root) throws LoadtestFailure {
        List<AlertRule> rules = new ArrayList<>();
        try {
            Map<?, ?> file =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(root.resolve(FILE)));
            for (Map<?, ?> group : items(file.get("groups"))) {
                for (Map<?, ?> rule : items(group.get("rules"))) {
                    rules.add(AlertRule.parse(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr"))));
                }
            }
        } catch (IOException missing) {
            throw new LoadtestFailure(FILE + " is missing.", missing);
        }
        return rules;
    }

    private static List<Map<?, ?>> items(@Nullable Object list) {
        List<Map<?, ?>> items = new ArrayList<>();
        if (list instanceof List<?> found) {
            found.forEach(item -> items.add((Map<?, ?>) item));
        }
        return items;
    }
}
