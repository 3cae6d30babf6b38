/** Naive convolution loops, the truth that the kernels are held against. */
module org.simdconv.reference {
  requires static transitive org.jspecify;

  exports org.simdconv.reference;
}
