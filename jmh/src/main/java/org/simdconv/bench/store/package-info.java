/** Files that grow while something is measured, and survive its sudden end. */
@NullMarked
package org.simdconv.bench.store;

import org.jspecify.annotations.NullMarked;
