/** The whole product on one machine: worker, edge, store and a seeded campaign, started, watched and stopped in order. */
@NullMarked
package io.influtrace.loadtest.demo;

import org.jspecify.annotations.NullMarked;
