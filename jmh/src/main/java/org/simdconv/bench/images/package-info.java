/** The speed of upsampling, pooling and shuffles beside that of a copy. */
@NullMarked
package org.simdconv.bench.images;

import org.jspecify.annotations.NullMarked;
