/** What attackers do, against a whole edge. */
package io.influtrace.edge.hostile;
