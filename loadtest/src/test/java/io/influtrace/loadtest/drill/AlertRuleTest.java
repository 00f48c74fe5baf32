package io.influtrace.loadtest.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Scrape;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertRuleTest {

    @Test
    void aConditionReadsItsSeriesAndNoOther() throws LoadtestFailure {
        AlertRule rule = AlertRule.parse("A", "increase(orders_total{reason=\"full\",kind=~\"a|b\"}[5m]) > 2");
        List<Scrape.Sample> samples = Scrape.parse("""
                # HELP orders_total of all
                orders_total{kind="a",reason="full"} 3.0
                orders_total{kind="c",reason="full"} 3.0
                orders_total{kind="a",reason="fuller"} 3.0
                orders{kind="a",reason="full"} 3.0
                """).samples();

        assertThat(samples).hasSize(4);
        assertThat(samples.stream().filter(rule::means)).containsExactly(samples.get(0));
        assertThat(rule.increase()).isTrue();
        assertThat(rule.holds(2)).isFalse();
        assertThat(rule.holds(2.5)).isTrue();
    }

    @Test
    void aConditionThatIsNotUnderstoodWholeIsRefused() {
        for (String expr : List.of("sum(a) > 1", "a > b", "increase(a) > 1", "a[5m] > 1", "a > 1 and b > 1")) {
            assertThatThrownBy(() -> AlertRule.parse("A", expr))
                    .as(expr)
                    .isInstanceOf(LoadtestFailure.class)
                    .hasMessageContaining(expr);
        }
    }

    @Test
    void everyAlertOfTheFileIsNamedByADrillAndEveryNamedOneIsInTheFile() throws LoadtestFailure {
        Set<String> named = new HashSet<>();
        Drills.all().forEach(drill -> named.addAll(drill.alerts()));

        assertThat(Alerts.read(Path.of(".."))).extracting(AlertRule::alert).containsExactlyInAnyOrderElementsOf(named);
    }
}
