package io.influtrace.loadtest.store;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a shopper bought.
 *
 * @param id the store's order number
 * @param coupon the code as typed, empty for none; any code takes a tenth off, as in a store whose codes are all ten percent
 */
record Purchase(String id, List<Product> products, String coupon) {

    private static final int MOST_PRODUCTS = 50;

    Purchase {
        products = List.copyOf(products);
    }

    /** Reads a list of product ids; what the shop doesn't sell is left out. */
    static Purchase of(String id, String items, String coupon) {
        List<Product> products = Arrays.stream(items.split(",", -1))
                .map(Product::of)
                .flatMap(Optional::stream)
                .limit(MOST_PRODUCTS)
                .toList();
        return new Purchase(id, products, coupon.strip());
    }

    static String dollars(int cents) {
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    int subtotal() {
        return products.stream().mapToInt(Product::cents).sum();
    }

    int discount() {
        return coupon.isEmpty() ? 0 : (subtotal() + 5) / 10;
    }

    int total() {
        return subtotal() - discount();
    }

    /** The call that a merchant's confirmation page makes. */
    String call() {
        JsonObject order = new JsonObject()
                .put("orderId", id)
                .put("value", dollars(total()))
                .put("currency", "USD");
        if (!coupon.isEmpty()) {
            order.put("coupon", coupon).put("discount", dollars(discount()));
        }
        JsonArray items = new JsonArray();
        products.forEach(product -> items.add(new JsonObject()
                .put("sku", product.id())
                .put("name", product.name())
                .put("quantity", 1)
                .put("price", product.price())));
        order.put("items", items);
        // A code may hold anything, and the page is HTML.
        return "influtrace('order', " + order.encode().replace("<", "\\u003c") + ");";
    }
}
