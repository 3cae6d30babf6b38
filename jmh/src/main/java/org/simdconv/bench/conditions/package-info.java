/**
 * What a speed depends on besides the shape: how long the JVM has run, what it ran before, the
 * memory, the threads.
 */
@NullMarked
package org.simdconv.bench.conditions;

import org.jspecify.annotations.NullMarked;
