/** What this module may import, and a class that breaks the rule. */
@NullMarked
package io.influtrace.loadtest.rules;

import org.jspecify.annotations.NullMarked;
