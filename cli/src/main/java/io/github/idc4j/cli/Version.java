package io.github.idc4j.cli;

import io.github.idc4j.openapi.IdcOpenApi;
import picocli.CommandLine.IVersionProvider;

/**
 * Provides the output of {@code --version}: the version of idc4j, from the JAR manifest, and the
 * version of the contract.
 */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"idc4j " + (version == null ? "(not packaged)" : version), contract()};
  }

  /** Returns a line with the version and the SHA-256 of the contract. */
  static String contract() {
    return "contract: version " + IdcOpenApi.version() + ", SHA-256 " + IdcOpenApi.sha256();
  }
}
