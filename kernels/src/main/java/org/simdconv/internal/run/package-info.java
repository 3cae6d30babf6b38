/**
 * The loops around the micro-kernels, and the tiling of their tasks over threads. Read {@link
 * org.simdconv.internal.run.DenseEngine} first.
 */
@NullMarked
package org.simdconv.internal.run;

import org.jspecify.annotations.NullMarked;
