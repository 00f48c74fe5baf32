/** What every request meets: routes, problem documents, origins, facts about the sender. */
@NullMarked
package io.influtrace.edge.http;

import org.jspecify.annotations.NullMarked;
