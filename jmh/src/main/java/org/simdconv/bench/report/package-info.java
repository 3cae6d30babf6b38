/** Records, tables, pictures and pages. */
@NullMarked
package org.simdconv.bench.report;

import org.jspecify.annotations.NullMarked;
