/** What a store reports about an order, as the fields of one stream entry. */
@NullMarked
package io.influtrace.protocol.order;

import org.jspecify.annotations.NullMarked;
