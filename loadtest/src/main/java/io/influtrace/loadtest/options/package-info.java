/** The options of a command line: each with its default and its sentence, every mistake named. */
@NullMarked
package io.influtrace.loadtest.options;

import org.jspecify.annotations.NullMarked;
