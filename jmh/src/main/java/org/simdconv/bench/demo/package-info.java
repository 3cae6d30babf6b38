/** What convolutions do, in numbers and in pictures. */
@NullMarked
package org.simdconv.bench.demo;

import org.jspecify.annotations.NullMarked;
