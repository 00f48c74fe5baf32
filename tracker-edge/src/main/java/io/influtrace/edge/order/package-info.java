/** What a store or a page reports: read, judged by origin, and answered once it lies in Redis. */
@NullMarked
package io.influtrace.edge.order;

import org.jspecify.annotations.NullMarked;
