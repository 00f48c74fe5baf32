package io.influtrace.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.Item;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a record contributes to the report by product. */
final class BooksTest {

    private static final String CELL = "cshop\tava\tmain\tspring\tUSD\t";

    private static Map<String, Long> products(Optional<String> creator, Item... items) {
        Inputs inputs = new Inputs(
                new OrderFacts("shop", "A", "connected", 1_772_359_200_000L, 10_000, "USD", 0, 0),
                List.of(new CouponFacts(
                        "CODE",
                        creator.isPresent() ? CouponFacts.Standing.MAPPED : CouponFacts.Standing.UNKNOWN,
                        creator.map(handle -> new CouponFacts.Mapping(handle, "spring", "main")),
                        false,
                        List.of())),
                List.of(),
                List.of(),
                Map.of("main", new PolicyFacts("main", 1, Model.LAST_CLICK, 30, Commission.percent("10"), Map.of())),
                Map.of());
        OrderRecord record = OrderRecord.ABSENT
                .with(OrderRecord.ABSENT.history().stating(Optional.empty(), List.of(items)))
                .done(new Ruling(inputs, Attribution.decide(inputs)), "1-0")
                .booking(creator.isPresent() ? List.of(Money.NONE) : List.of());
        Map<String, Long> books = new TreeMap<>(Books.of(record));
        books.keySet().removeIf(field -> !field.contains(Books.UNITS) && !field.contains(Books.SALES));
        return books;
    }

    @Test
    void aCreditedOrdersLinesCountBySkuElseByName() {
        assertThat(products(
                        Optional.of("ava"),
                        new Item("MUG", "A mug", 2, 1_200, ""),
                        new Item("MUG", "Another mug", 1, 1_000, ""),
                        new Item(" ", "Tea", 1, 300, "")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        CELL + "units:MUG",
                        3L,
                        CELL + "sales:MUG",
                        3_400L,
                        CELL + "units:Tea",
                        1L,
                        CELL + "sales:Tea",
                        300L));
    }

    @Test
    void aProductsNameNeverBreaksALineOfTheLedger() {
        String name = "a\tb\nc" + "x".repeat(100);
        Map<String, Long> books =
                products(Optional.of("ava"), new Item(name, "", 1, 1, ""), new Item("", "", 1, 1, ""));
        assertThat(books)
                .containsOnlyKeys(CELL + "units:a b c" + "x".repeat(59), CELL + "sales:a b c" + "x".repeat(59));
    }

    @Test
    void anOrderThatNobodyEarnedSellsNoProductOfACreators() {
        assertThat(products(Optional.empty(), new Item("MUG", "A mug", 2, 1_200, "")))
                .isEmpty();
    }
}
