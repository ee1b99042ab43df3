package io.github.idc4j.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the command's jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"idc4j " + (version == null ? "(not packaged)" : version)};
  }
}
