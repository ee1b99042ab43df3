package io.github.idc4j.openapi.gate;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the spec, such as {@code 1.2.0}.
 *
 * @param major raised for a breaking change
 * @param minor raised for a compatible change
 * @param patch raised for an editorial change
 */
record Version(int major, int minor, int patch) implements Comparable<Version> {

  private static final Pattern FORM =
      Pattern.compile("(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})\\.(0|[1-9][0-9]{0,5})");
  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .thenComparingInt(Version::patch);

  static Version of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "`info.version` must be three numbers, such as 1.2.0, but is \"" + text + "\"");
    }
    return new Version(number(parts, 1), number(parts, 2), number(parts, 3));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns whether a spec with this version may follow a spec with the other version.
   *
   * @param change the verdict on the changes between the two specs
   */
  boolean isEnoughAfter(Version other, Verdict change) {
    return switch (change) {
      case BREAKING -> major > other.major;
      case COMPATIBLE -> major > other.major || (major == other.major && minor > other.minor);
      case EDITORIAL -> compareTo(other) > 0;
    };
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
