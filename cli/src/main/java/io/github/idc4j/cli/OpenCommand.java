package io.github.idc4j.cli;

import io.github.idc4j.service.ReferenceService;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Opens the page of a service in a browser. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows the data in a browser. Opens the page of the service at --base-url. Without a base"
            + " URL, starts a service on this computer, which runs until you press Ctrl-C.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"2:invalid usage", "3:the data cannot be used", ClientFailures.RETIRED_HELP},
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j open", "  idc4j open --data idc --no-browser"})
final class OpenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connectionOptions;

  @Mixin private BrowserOptions browserOptions;

  @Override
  public Integer call() throws InterruptedException, UserException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Notes notes = connectionOptions.notes(err);
    try (Connection connection = connectionOptions.open(notes)) {
      browserOptions.open(page(connection.baseUrl()), out, err);
      if (connection.embedded().isPresent()) {
        ReferenceService service = connection.embedded().get();
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        notes.print("Press Ctrl-C to stop the service.");
        new CountDownLatch(1).await();
      }
      return 0;
    }
  }

  /** Returns the URL of the page, which is not below the base URL of version 1. */
  private static URI page(URI baseUrl) {
    return baseUrl.resolve("/");
  }
}
