package io.github.idc4j.conformance.internal.http;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The operations and columns that a service does not offer, as declared in the settings of a run.
 * Immutable.
 *
 * @param absentOperations identifiers of the absent operations
 * @param absentColumns names of absent manifest columns, query fields and filter attributes
 */
public record Capabilities(Set<String> absentOperations, Set<String> absentColumns) {

  /** The capabilities of a service that offers everything. */
  public static final Capabilities FULL = new Capabilities(Set.of(), Set.of());

  private static final String COLUMN = "column:";

  /** The paths of operations that need saved cohorts. */
  private static final Pattern COHORT_PATH =
      Pattern.compile("/cohorts(/\\{cohort_id}|/(manifest|query)/\\{cohort_id})?");

  /** Copies the sets. */
  public Capabilities {
    absentOperations = Set.copyOf(absentOperations);
    absentColumns = Set.copyOf(absentColumns);
  }

  /**
   * Returns the capabilities of a service that does not offer the named operations or columns.
   *
   * @param names {@code cohorts}, {@code account}, {@code dicomMetadata}, identifiers of
   *     operations, and {@code column:} followed by the name of a column
   * @throws IllegalArgumentException if a name is unknown; the message lists the known names
   */
  public static Capabilities without(Set<String> names) {
    Spec spec = Spec.shared();
    Set<String> operations = new TreeSet<>();
    Set<String> columns = new TreeSet<>();
    for (String name : names) {
      if (name.startsWith(COLUMN)) {
        columns.add(name.substring(COLUMN.length()));
      } else if (spec.operations().contains(name)) {
        operations.add(name);
      } else {
        operations.addAll(group(spec, name));
      }
    }
    return new Capabilities(operations, columns);
  }

  private static Set<String> group(Spec spec, String name) {
    return switch (name) {
      case "cohorts" -> spec.operations(path -> COHORT_PATH.matcher(path).matches());
      case "account" -> spec.operations(path -> path.startsWith("/users/"));
      case "dicomMetadata" -> spec.operations(path -> path.startsWith("/dicomMetadata"));
      default ->
          throw new IllegalArgumentException(
              "Unknown capability "
                  + name
                  + ". Known capabilities are cohorts, account, dicomMetadata, column:NAME, "
                  + String.join(", ", spec.operations()));
    };
  }

  /**
   * Requires that the service offers the operation and the columns that a request uses.
   *
   * @throws NotOffered if the operation or a column is declared absent
   */
  void require(ApiRequest request, Spec spec) {
    spec.lacking(request, absentOperations)
        .ifPresent(
            operations -> {
              throw new NotOffered(operations);
            });
    for (String column : absentColumns) {
      if (uses(request, column)) {
        throw new NotOffered("the column " + column);
      }
    }
  }

  private static boolean uses(ApiRequest request, String column) {
    String name = Pattern.quote(column);
    boolean inTarget = Pattern.compile("[?&]" + name + "=").matcher(request.target()).find();
    Pattern inBody = Pattern.compile("\"" + name + "(_(lte?|gte?|e?btwe?))?\"");
    return inTarget || (request.body() != null && inBody.matcher(request.body()).find());
  }
}
