package io.influtrace.worker.scenario;

import java.util.Map;

/** The world of every story that does not say otherwise. */
final class StandardWorld {

    private static final String TEXT = """
            creators:     {ava: {email: ava@mail.example}, ben: {}, cleo: {}, dan: {}}
            campaigns:    {main: {model: last_click, windowDays: 30, holdDays: 30, commission: {type: percent, value: "10"}}}
            integrations: {shop: {type: custom, origin: "https://shop.example.com", status: connected},
                           other: {type: custom, origin: "https://other.example.com", status: connected}}
            links:        {spring: {campaign: main, integrations: [shop]}, summer: {campaign: main, integrations: [shop]},
                           silent: {campaign: main, integrations: []}, elsewhere: {campaign: main, integrations: [other]}}
            coupons:      {AVA10: {creator: ava, link: spring, integrations: [shop]},
                           BEN10: {creator: ben, link: spring, integrations: [shop]}}
            """;

    private StandardWorld() {}

    static Map<String, Object> fields() {
        return StoryText.map(TEXT);
    }

    static Node commission() {
        return Node.of("world", fields()).map("campaigns").map("main").map("commission");
    }
}
