/** What shop platforms report of their own accord: signed deliveries of Shopify, WooCommerce and Stripe as our reports. */
@NullMarked
package io.influtrace.edge.webhook;

import org.jspecify.annotations.NullMarked;
