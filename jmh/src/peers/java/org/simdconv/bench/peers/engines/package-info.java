/** Adapters of native engines, built by the Maven profile {@code peers} only. */
@NullMarked
package org.simdconv.bench.peers.engines;

import org.jspecify.annotations.NullMarked;
