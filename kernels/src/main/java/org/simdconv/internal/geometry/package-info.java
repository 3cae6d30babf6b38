/**
 * Checked shape arithmetic: sizes, taps and phases along each axis. Pure functions; no vectors, no
 * threads. Read {@link org.simdconv.internal.geometry.Axis} first.
 */
@NullMarked
package org.simdconv.internal.geometry;

import org.jspecify.annotations.NullMarked;
