/** The back office's HTTP: every route on one screen, bodies parsed at the border, edits handed to the catalog. */
@NullMarked
package io.influtrace.worker.admin;

import org.jspecify.annotations.NullMarked;
