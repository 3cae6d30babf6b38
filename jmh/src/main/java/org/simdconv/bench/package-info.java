/**
 * The benchmark: proves every kernel equal to the reference, measures it on real layers, reports.
 * Read {@link org.simdconv.bench.layer.LayerBenchmark} first.
 */
@NullMarked
package org.simdconv.bench;

import org.jspecify.annotations.NullMarked;
