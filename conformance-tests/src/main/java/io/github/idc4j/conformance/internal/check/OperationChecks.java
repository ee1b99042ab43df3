package io.github.idc4j.conformance.internal.check;

import io.github.idc4j.conformance.internal.http.Exchange;
import io.github.idc4j.conformance.internal.http.RuleViolation;
import java.util.List;

/** Checks that the service has each operation. Only these checks report a missing operation. */
final class OperationChecks {

  static final String AREA = "operations";

  /** This operation has no check, because the run calls it before the first check. */
  private static final String ABOUT = "getAbout";

  static List<Check> all() {
    List<String> operations =
        OperationProbe.requests().keySet().stream()
            .filter(operation -> !operation.equals(ABOUT))
            .toList();
    return new CheckList(AREA)
        .forEach("offered", operations, "{0} is offered", OperationChecks::offered, "spec.status")
        .checks();
  }

  private OperationChecks() {}

  private static void offered(String operation, CheckContext context) {
    Exchange response = context.sendUnvalidated(OperationProbe.requests().get(operation));
    if (response.isOfMissingOperation()) {
      context.noteMissing(operation);
      throw new RuleViolation(
          "spec.status",
          operation
              + " is missing: the status code is "
              + response.status()
              + ". If the service does not offer it, declare that: --without "
              + operation);
    }
  }
}
