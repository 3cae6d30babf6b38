package org.simdconv.bench.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/**
 * What was measured.
 *
 * @param commit full hash of the commit that the jar was built from, or "unknown"
 * @param commitTime its time, ISO 8601, or empty
 * @param message first line of its message, or empty
 * @param dirty whether files differed from the commit
 * @param jarSha256 hash of the jar, or empty where there is none
 */
public record Build(
    String commit, String commitTime, String message, boolean dirty, String jarSha256) {

  /** Requires all. */
  public Build {
    Objects.requireNonNull(commit, "build.commit");
    Objects.requireNonNull(commitTime, "build.commitTime");
    Objects.requireNonNull(message, "build.message");
    Objects.requireNonNull(jarSha256, "build.jarSha256");
  }

  /** The build that runs. */
  public static Build current() {
    Properties p = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("/simdconv-build.properties")) {
      if (in != null) {
        p.load(in);
      }
      return new Build(
          p.getProperty("git.commit.id.full", "unknown"),
          p.getProperty("git.commit.time", ""),
          p.getProperty("git.commit.message.short", ""),
          Boolean.parseBoolean(p.getProperty("git.dirty")),
          hashOfJar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hashOfJar() throws IOException {
    CodeSource source = Build.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = Path.of(source.getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return "";
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = Files.newInputStream(jar)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The commit as people write it, with a plus sign if files differed from it. */
  public String shortCommit() {
    return (commit.length() > 10 ? commit.substring(0, 10) : commit) + (dirty ? "+" : "");
  }
}
