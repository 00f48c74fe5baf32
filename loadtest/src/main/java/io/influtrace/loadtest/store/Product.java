package io.influtrace.loadtest.store;

import java.util.List;
import java.util.Optional;

/**
 * Something to buy.
 *
 * @param cents price in US cents
 * @param tint background of its picture
 * @param shape SVG drawn on a field of 100 by 100
 */
record Product(String id, String name, String words, int cents, String tint, String shape) {

    static final List<Product> ALL = List.of(
            new Product(
                    "mug-fern",
                    "Fern mug",
                    "Stoneware, thrown by hand, 300 ml. The glaze breaks to bronze at the rim.",
                    2400,
                    "#dfe9e0",
                    "<path d='M22 28h46v40a14 14 0 0 1-14 14H36a14 14 0 0 1-14-14z' fill='#3f7d5f'/>"
                            + "<path d='M68 38h8a9 9 0 0 1 0 26h-8' fill='none' stroke='#3f7d5f' stroke-width='7'/>"
                            + "<path d='M30 36h30' stroke='#a8c9b4' stroke-width='4' stroke-linecap='round'/>"),
            new Product(
                    "vase-dune",
                    "Dune vase",
                    "A narrow neck for one branch or three tulips. 24 cm, matt sand.",
                    7900,
                    "#f3e6d8",
                    "<path d='M42 12h16v16c0 12 16 18 16 38a24 22 0 0 1-48 0c0-20 16-26 16-38z' fill='#c98a5b'/>"
                            + "<path d='M30 62c12 6 28 6 40 0' fill='none' stroke='#f0cfae' stroke-width='4'/>"),
            new Product(
                    "bowl-night",
                    "Night bowl",
                    "For soup, for ramen, for keys. Deep blue, 18 cm.",
                    3600,
                    "#dde3ee",
                    "<path d='M12 40h76a38 38 0 0 1-76 0z' fill='#34476f'/>"
                            + "<rect x='36' y='76' width='28' height='8' rx='3' fill='#26365a'/>"
                            + "<circle cx='34' cy='52' r='2' fill='#cfd9f0'/><circle cx='52' cy='60' r='2' fill='#cfd9f0'/>"
                            + "<circle cx='68' cy='50' r='2' fill='#cfd9f0'/>"),
            new Product(
                    "candle-oak",
                    "Oak candle",
                    "Beeswax and cedar in a cup that stays. 40 hours.",
                    1850,
                    "#f1e3e0",
                    "<rect x='30' y='42' width='40' height='42' rx='6' fill='#b4553c'/>"
                            + "<path d='M50 16c8 9 8 17 0 22-8-5-8-13 0-22z' fill='#f0a35e'/>"
                            + "<path d='M50 38v6' stroke='#5b2a1d' stroke-width='3'/>"));

    static Optional<Product> of(String id) {
        return ALL.stream().filter(product -> product.id().equals(id)).findFirst();
    }

    String picture() {
        return "<div class='art' style='background:" + tint + "'><svg viewBox='0 0 100 100' aria-hidden='true'>" + shape
                + "</svg></div>";
    }

    String price() {
        return Purchase.dollars(cents);
    }
}
