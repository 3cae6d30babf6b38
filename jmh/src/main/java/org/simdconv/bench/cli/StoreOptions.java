package org.simdconv.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.simdconv.bench.track.Store;
import picocli.CommandLine.Option;

/** Which store, for the commands that read or write one. */
final class StoreOptions {
  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      defaultValue = "simdconv-store",
      description = "folder of runs; default: ${DEFAULT-VALUE}")
  private Path folder = Path.of("");

  Path folder() {
    return folder;
  }

  Store open() throws IOException {
    return Store.open(folder);
  }
}
