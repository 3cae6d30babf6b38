/** Rearranges weights (once a plan) and input windows (every run). No threads, no vectors. */
@NullMarked
package org.simdconv.internal.pack;

import org.jspecify.annotations.NullMarked;
