/** What the worker publishes and every edge knows: links, creators, integrations. */
@NullMarked
package io.influtrace.protocol.config;

import org.jspecify.annotations.NullMarked;
