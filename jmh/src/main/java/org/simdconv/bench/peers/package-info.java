/**
 * Other engines beside ours, in one process and in turns. Start with {@link
 * org.simdconv.bench.peers.TurnTaking}. The native engines' adapters are in {@code src/peers},
 * which only the Maven profile {@code peers} builds; this package knows them as {@link
 * org.simdconv.bench.peers.ConvEngine} only.
 */
@NullMarked
package org.simdconv.bench.peers;

import org.jspecify.annotations.NullMarked;
