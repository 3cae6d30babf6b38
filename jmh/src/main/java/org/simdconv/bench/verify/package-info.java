/** The proof of equivalence that precedes every number. */
@NullMarked
package org.simdconv.bench.verify;

import org.jspecify.annotations.NullMarked;
