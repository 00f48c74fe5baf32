/** Environment variables, each with one home and all mistakes named at once. */
@NullMarked
package io.influtrace.protocol.settings;

import org.jspecify.annotations.NullMarked;
