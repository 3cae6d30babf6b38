/** Results kept from commit to commit, and verdicts on their differences. */
@NullMarked
package org.simdconv.bench.track;

import org.jspecify.annotations.NullMarked;
