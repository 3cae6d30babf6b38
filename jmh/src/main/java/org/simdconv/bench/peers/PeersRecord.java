package org.simdconv.bench.peers;

import java.util.List;
import java.util.Objects;
import org.simdconv.bench.machine.Machine;
import org.simdconv.bench.store.Build;

/**
 * A comparison of engines, as it is kept in JSON.
 *
 * @param schema {@link #SCHEMA}
 * @param created time of its end, ISO 8601
 * @param build what was measured
 * @param machine where
 * @param engines the engines, ours first
 * @param forks what each JVM measured
 */
public record PeersRecord(
    String schema,
    String created,
    Build build,
    Machine machine,
    List<Engine> engines,
    List<PeerFork> forks) {

  /** Name and version of the format. */
  public static final String SCHEMA = "simdconv-peers/1";

  /**
   * An engine.
   *
   * @param id name
   * @param description what it is
   * @param ownLayout whether input and output are in a layout of its own
   */
  public record Engine(String id, String description, boolean ownLayout) {
    /** Requires a name and a description. */
    public Engine {
      Objects.requireNonNull(id, "engines.id");
      Objects.requireNonNull(description, "engines.description");
    }
  }

  /** Requires all. */
  public PeersRecord {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(build, "build");
    Objects.requireNonNull(machine, "machine");
    engines = List.copyOf(Objects.requireNonNull(engines, "engines"));
    forks = List.copyOf(Objects.requireNonNull(forks, "forks"));
  }
}
