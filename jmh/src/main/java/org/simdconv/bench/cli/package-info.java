/** Argument parsing and progress, no logic. */
@NullMarked
package org.simdconv.bench.cli;

import org.jspecify.annotations.NullMarked;
