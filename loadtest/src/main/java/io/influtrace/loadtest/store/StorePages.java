package io.influtrace.loadtest.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The store's pages as HTML, each with the snippet in its head, as a merchant's theme has it. */
final class StorePages {

    private final String frame;

    private StorePages(String frame) {
        this.frame = frame;
    }

    static StorePages with(String snippet) {
        return new StorePages(resource("page.html").replace("{snippet}", snippet));
    }

    static String resource(String name) {
        try (InputStream in = StorePages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String shop() {
        String cards = Product.ALL.stream()
                .map(product -> "<a class='card' href='/product/" + product.id() + "'>" + product.picture()
                        + "<div class='text'><b>" + product.name() + "</b><span class='price'>$" + product.price()
                        + "</span></div></a>")
                .collect(Collectors.joining("\n"));
        return page(
                "Shop",
                "<h1>Quiet things for the table</h1><p class='lead'>Four pieces, fired in small batches. "
                        + "Take your time; your creator's link remembers who sent you.</p><div class='grid'>" + cards
                        + "</div>");
    }

    String product(Product product) {
        return page(
                product.name(),
                "<div class='two'>" + product.picture() + "<div><h1>" + product.name() + "</h1><p class='price'>$"
                        + product.price() + "</p><p class='lead'><br>" + product.words()
                        + "</p><button class='button' data-add='" + product.id()
                        + "'>Add to cart</button></div></div>");
    }

    String cart(Purchase cart, String items) {
        if (cart.products().isEmpty()) {
            return page(
                    "Cart",
                    "<h1>Your cart</h1><p class='lead' id='items'>Nothing here yet.</p>"
                            + "<a class='button' href='/'>See the shop</a>");
        }
        return page(
                "Cart",
                "<h1>Your cart</h1><p class='lead'></p><div class='two'><div class='panel' id='items'>" + lines(cart)
                        + "</div><form class='panel' method='post' action='/checkout'><b>Checkout</b>"
                        + "<input type='hidden' name='items' value='" + escape(items) + "'>"
                        + "<label for='coupon'>Discount code</label>"
                        + "<input id='coupon' name='coupon' placeholder='AVA10' autocomplete='off'>"
                        + "<p class='note'>Every code takes 10 % off in this demo.</p><p class='note'></p>"
                        + "<button class='button' id='buy'>Buy now</button></form></div>");
    }

    String thanks(Purchase purchase) {
        return page(
                "Thank you",
                "<div class='panel' id='order' data-order='" + purchase.id() + "'><div class='done'>✓</div>"
                        + "<h1>Thank you!</h1><p class='lead'>Order <b>" + purchase.id()
                        + "</b> is confirmed.</p>" + lines(purchase) + "<p class='note'>The confirmation page told "
                        + "InfluTrace about this order. Its verdict is on the console of scripts/run.</p></div>\n<script>"
                        + purchase.call() + "</script>");
    }

    String missing() {
        return page(
                "Not here",
                "<h1>Nothing here</h1><p class='lead'>This page is not part of the demo.</p>"
                        + "<a class='button' href='/'>To the shop</a>");
    }

    private static String lines(Purchase purchase) {
        List<String> rows = purchase.products().stream()
                .map(product -> "<tr><td>" + product.name() + "</td><td>$" + product.price() + "</td></tr>")
                .toList();
        String discount = purchase.discount() == 0
                ? ""
                : "<tr><td>Code " + escape(purchase.coupon()) + "</td><td>−$" + Purchase.dollars(purchase.discount())
                        + "</td></tr>";
        return "<table>" + String.join("", rows) + discount + "<tr class='total'><td>Total</td><td>$"
                + Purchase.dollars(purchase.total()) + "</td></tr></table>";
    }

    private String page(String title, String body) {
        return frame.replace("{title}", title).replace("{body}", body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }
}
