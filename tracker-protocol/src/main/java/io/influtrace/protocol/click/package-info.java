/** The click: its class, its id, its signed token and its stored row, byte for byte the same on both sides. */
@NullMarked
package io.influtrace.protocol.click;

import org.jspecify.annotations.NullMarked;
