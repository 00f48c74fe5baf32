/** What this edge knows of links, creators and integrations, and how it stays true. */
@NullMarked
package io.influtrace.edge.directory;

import org.jspecify.annotations.NullMarked;
