package io.github.idc4j.cli;

import io.github.idc4j.cli.export.UnusableDataException;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.IdcClientBuilder;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.ReferenceServiceBuilder;
import io.github.idc4j.service.data.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options for the service that a command gets its rows from. */
final class ConnectionOptions {

  private static final String BASE_URL = "IDC4J_BASE_URL";
  private static final String TOKEN = "IDC4J_TOKEN";

  /** More rows than the default of the client, because an export fetches all pages. */
  private static final int PAGE_SIZE = 5000;

  private static final String CONFIG_FILE = "config.properties";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "Base URL of the service, such as http://127.0.0.1:8080/v1. Default: the environment"
              + " variable IDC4J_BASE_URL. Without either, the command starts a service on this"
              + " computer with the data of --data.")
  private URI baseUrl;

  @Option(names = "--live", description = "Explain why the public service cannot be used.")
  private boolean live;

  @Mixin private DataOptions dataOptions;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Credentials file of idc4j login or of IDC's login script, for saved cohorts. Default:"
              + " the ID token in the environment variable IDC4J_TOKEN, else the file of the last"
              + " login.")
  private Path credentials;

  @Option(
      names = Configuration.OPTION,
      paramLabel = "FILE",
      description =
          "File with any of the options above, one per line without dashes: base-url ="
              + " http://127.0.0.1:8080/v1. Options and environment variables take precedence."
              + " Default: config.properties in the data folder, if it exists.")
  private Path config;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only: no progress, and not which data is used.")
  private boolean quiet;

  private boolean needsAccount;

  /** Returns where the command prints its notes. */
  Notes notes(PrintWriter err) {
    return new Notes(err, quiet, Notes.isTerminal("err"));
  }

  /** What a command does with a service. */
  @FunctionalInterface
  interface Work {
    void with(Connection connection) throws IOException, UserException;
  }

  /**
   * Connects to the service, and disconnects after the work. Explains failures.
   *
   * @param command has the standard output and the standard error
   */
  void connect(CommandLine command, Work work) throws UserException {
    Notes notes = notes(command.getErr());
    try (Connection connection = needsAccount ? openAccount() : open(notes)) {
      work.with(connection);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    } catch (UnusableDataException e) {
      throw new UserException(
          e.refused().isPresent() ? ClientFailures.REFUSED : Main.OWN_FAULT, e.getMessage());
    } catch (IdcException e) {
      throw ClientFailures.explain(e);
    } catch (IOException e) {
      throw new UserException(
          Main.OWN_FAULT, "cannot write the rows: " + FileFailures.reason(e) + ".");
    } finally {
      notes.clear();
      command.getOut().flush();
    }
  }

  /** Does the same for work that needs the account of a user. */
  void connectAsUser(CommandLine command, Work work) throws UserException {
    needAccount();
    connect(command, work);
  }

  /** Connects to the service. If the command starts the service, prints which data it has. */
  Connection open(Notes notes) throws UserException {
    validate();
    ConnectionOptions file = fromFile();
    Optional<URI> url = baseUrl(file);
    if (url.isPresent()) {
      return remote(url.get(), credentials(file, url.get()));
    }
    return embedded(dataOptions.areGiven() ? dataOptions : file.dataOptions, notes);
  }

  private void validate() throws UserException {
    if (live) {
      throw new UserException(
          ClientFailures.RETIRED,
          "the public service has retired version 1. Remove --live to use the IDC index on this"
              + " computer ("
              + Launcher.command("data pull")
              + " downloads it), or set --base-url to a service that"
              + " still has version 1.");
    }
    if (baseUrl != null && dataOptions.areGiven()) {
      throw new UserException(
          Main.WRONG_USAGE,
          DataOptions.NAMES
              + " are for a service that this command starts. Remove them, or remove --base-url.");
    }
  }

  /**
   * Makes {@link #connect} sign in, with the credentials file of {@code login} if the user chose no
   * other credentials. For work that needs an account; other work must not fail because of expired
   * credentials.
   */
  void needAccount() {
    needsAccount = true;
  }

  private Connection openAccount() throws UserException {
    validate();
    ConnectionOptions file = fromFile();
    URI url =
        baseUrl(file)
            .orElseThrow(
                () ->
                    new UserException(
                        Main.WRONG_USAGE,
                        "this command needs a service with your account. Add --base-url, or set"
                            + " IDC4J_BASE_URL."));
    Credentials user =
        credentials(file, url)
            .orElseThrow(
                () ->
                    new UserException(
                        Main.WRONG_USAGE,
                        "you are not signed in. Run "
                            + Launcher.command("login")
                            + ", pass --credentials FILE, or set"
                            + " IDC4J_TOKEN to an ID token."));
    return remote(url, Optional.of(user));
  }

  /** Returns the base URL that the user chose; empty if the command has to start a service. */
  private Optional<URI> baseUrl(ConnectionOptions file) throws UserException {
    if (baseUrl != null || dataOptions.areGiven()) {
      return Optional.ofNullable(baseUrl);
    }
    String variable = System.getenv().getOrDefault(BASE_URL, "");
    return variable.isEmpty() ? Optional.ofNullable(file.baseUrl) : Optional.of(uri(variable));
  }

  private static URI uri(String text) throws UserException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, BASE_URL + " is not a URL: " + e.getMessage());
    }
  }

  /**
   * Returns the credentials for a service. Those of the configuration file are for the service that
   * it names.
   */
  private Optional<Credentials> credentials(ConnectionOptions file, URI url) {
    Optional<String> token =
        Optional.ofNullable(System.getenv(TOKEN)).filter(text -> !text.isEmpty());
    if (credentials == null && token.isPresent()) {
      return token.map(Credentials::of);
    }
    Path login = Credentials.defaultFile();
    return Stream.of(
            credentials,
            file.baseUrl == null || file.baseUrl.equals(url) ? file.credentials : null,
            needsAccount && Files.exists(login) ? login : null)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Credentials::file);
  }

  private static Connection remote(URI baseUrl, Optional<Credentials> user) throws UserException {
    try {
      IdcClientBuilder builder = client(baseUrl);
      user.ifPresent(builder::credentials);
      return new Connection(builder.build(), baseUrl, baseUrl.toString(), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new UserException(Main.WRONG_USAGE, e.getMessage());
    }
  }

  private static Connection embedded(DataOptions options, Notes notes) throws UserException {
    ReferenceServiceBuilder builder = ReferenceService.builder().port(0);
    options.addTo(builder);
    Path[] data = options.hasData() ? options.paths() : newestRelease().toArray(Path[]::new);
    builder.data(data);
    String source =
        data.length == 0
            ? "synthetic sample"
            : Arrays.stream(data).map(Path::toString).collect(Collectors.joining(", "));
    notes.print(
        "Data: "
            + source
            + (data.length == 0
                ? ". For real data, run " + Launcher.command("data pull") + "."
                : ""));
    ReferenceService service = Services.start(builder);
    return new Connection(
        client(service.baseUrl()).build(),
        service.baseUrl(),
        source + DataState.of(data),
        Optional.of(service));
  }

  private static IdcClientBuilder client(URI baseUrl) {
    return IdcClient.builder().baseUrl(baseUrl.toString()).pageSize(PAGE_SIZE);
  }

  private static List<Path> newestRelease() throws UserException {
    try {
      return PulledReleases.newest(PulledReleases.folder(), Optional.empty()).stream().toList();
    } catch (IOException e) {
      throw unreadableFolder(e);
    }
  }

  /** Returns the options in the configuration file; without a file, the default options. */
  private ConnectionOptions fromFile() throws UserException {
    ConnectionOptions options = new ConnectionOptions();
    CommandLine reader = Converters.register(new CommandLine(options)).setCommandName("query");
    Optional<Path> file = configurationFile();
    Properties values =
        file.isPresent()
            ? OptionFile.read(reader, "configuration", file.get(), Configuration.OPTION)
            : new Properties();
    try {
      reader
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setDefaultValueProvider(OptionFile.defaults(values))
          .parseArgs();
    } catch (ParameterException e) {
      throw new UserException(
          Main.WRONG_USAGE,
          "the configuration " + file.map(Path::toString).orElse("") + ": " + e.getMessage());
    }
    return options;
  }

  private Optional<Path> configurationFile() throws UserException {
    if (config != null) {
      return Optional.of(config);
    }
    try {
      return Optional.of(DataFolder.standard().resolve(CONFIG_FILE)).filter(Files::exists);
    } catch (IOException e) {
      throw unreadableFolder(e);
    }
  }

  private static UserException unreadableFolder(IOException e) {
    return new UserException(
        Main.OWN_FAULT,
        "cannot read the data folder: "
            + FileFailures.reason(e)
            + ". Set IDC4J_HOME to another folder.");
  }
}
