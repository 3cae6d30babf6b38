/** Real layers and their benchmark. */
@NullMarked
package org.simdconv.bench.layer;

import org.jspecify.annotations.NullMarked;
