/**
 * Convolution and transposed convolution in pure Java on the Vector API, tiled over ForkJoin pools.
 * Start with {@link org.simdconv.Conv2d}.
 */
module org.simdconv {
  requires jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports org.simdconv;
}
