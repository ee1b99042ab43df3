package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import java.net.URI;

/**
 * After a run, prints the commands that start the same services again. The curl commands in the
 * findings of the run need these services.
 */
final class ReproductionSteps {

  private ReproductionSteps() {}

  static void print(ReferenceService service, String data, int unfinishedWaits) {
    System.out.println("To use the curl commands above, run:");
    printServeCommand(service.baseUrl(), data);
    printServeCommand(service.slowBaseUrl(), data + " --unfinished-waits " + unfinishedWaits);
    printTokenExport("IDC4J_TOKEN", DevelopmentIssuer.FIRST_USER, service);
    printTokenExport("IDC4J_SECOND_TOKEN", DevelopmentIssuer.SECOND_USER, service);
  }

  private static void printServeCommand(URI baseUrl, String options) {
    System.out.println("  " + Launcher.command("serve --port " + baseUrl.getPort() + options));
  }

  private static void printTokenExport(String variable, String user, ReferenceService service) {
    System.out.println(
        "  export "
            + variable
            + "=$("
            + Launcher.command("token " + user + " --port " + service.baseUrl().getPort())
            + ")");
  }
}
