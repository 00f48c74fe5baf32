/** The tracking link: which click it is, where it leads, what the browser keeps. */
@NullMarked
package io.influtrace.edge.redirect;

import org.jspecify.annotations.NullMarked;
