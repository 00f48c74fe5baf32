/** JSON bodies read field by field, each complaint naming its field. */
@NullMarked
package io.influtrace.edge.body;

import org.jspecify.annotations.NullMarked;
