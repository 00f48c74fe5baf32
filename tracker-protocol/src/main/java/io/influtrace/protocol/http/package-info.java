/** What every port of both sides stands behind: bounds on connections and heads, problem documents, safe headers, ops. */
@NullMarked
package io.influtrace.protocol.http;

import org.jspecify.annotations.NullMarked;
