/** Benchmarks of the micro-kernels alone, without tiling. */
@NullMarked
package org.simdconv.bench.kernel;

import org.jspecify.annotations.NullMarked;
