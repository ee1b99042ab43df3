package io.github.idc4j.cli;

import io.github.idc4j.openapi.IdcOpenApi;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the command's jar, and that of the contract. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"idc4j " + (version == null ? "(not packaged)" : version), contract()};
  }

  /** Returns the version of the contract that the command serves and checks. */
  static String contract() {
    return "contract: version " + IdcOpenApi.version() + ", SHA-256 " + IdcOpenApi.sha256();
  }
}
