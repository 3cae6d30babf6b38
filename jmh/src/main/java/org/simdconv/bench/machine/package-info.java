/** What the machine is and what it could do at most. */
@NullMarked
package org.simdconv.bench.machine;

import org.jspecify.annotations.NullMarked;
