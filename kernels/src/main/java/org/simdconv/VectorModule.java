package org.simdconv;

/** Asks for the Vector API before the first class that needs it is loaded. */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  static void require() {
    // A class of the module by name, not ModuleLayer.boot(): a container may have it in a layer of
    // its own.
    try {
      Class.forName("jdk.incubator.vector.FloatVector", false, VectorModule.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "simdconv needs the module "
              + NAME
              + ", which this JVM was started without; add --add-modules "
              + NAME
              + " to the java command",
          e);
    }
  }
}
