package io.github.idc4j.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.auth.Credentials;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.service.ReferenceService;
import io.github.idc4j.service.data.SampleSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests {@code login}, {@code whoami} and {@code logout} with the development issuer and a
 * simulated browser.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoginCommandTest {

  private static final String USER = "me@example.org";
  private static ReferenceService service;

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private Path file;
  private String loginPage;

  @BeforeAll
  static void start() throws IOException {
    service = ReferenceService.builder().sampleSize(SampleSize.small()).start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("credentials");
  }

  private static String origin() {
    return "http://" + service.baseUrl().getAuthority();
  }

  private int run(PrintWriter out, String... arguments) {
    CommandLine command = Main.commandLine().setOut(out).setErr(new PrintWriter(err));
    return Main.execute(command, arguments);
  }

  /** Starts a login at the issuer of the service, and waits for the URL of the login page. */
  private FutureTask<Integer> login(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("login", "--no-browser", "--credentials", file.toString()));
    arguments.addAll(
        more.length == 0 ? List.of("--base-url", service.baseUrl().toString()) : List.of(more));
    PipedReader output = new PipedReader();
    PrintWriter out = new PrintWriter(new PipedWriter(output));
    FutureTask<Integer> exitCode =
        new FutureTask<>(() -> run(out, arguments.toArray(String[]::new)));
    new Thread(exitCode).start();
    loginPage = new BufferedReader(output).readLine();
    return exitCode;
  }

  private String parameter(String name) {
    return URLDecoder.decode(SimulatedBrowser.group("[?&]" + name + "=([^&]+)", loginPage), UTF_8);
  }

  private String whoami() {
    StringWriter out = new StringWriter();
    int exitCode =
        run(
            new PrintWriter(out),
            "whoami",
            "--base-url",
            service.baseUrl().toString(),
            "--credentials",
            file.toString());
    return exitCode + " " + out.toString().strip();
  }

  private JsonNode credentials() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  @Test
  void loginSavesCredentialsThatOnlyTheOwnerCanRead()
      throws ExecutionException, IOException, InterruptedException {
    Files.writeString(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    FutureTask<Integer> login = login();
    HttpResponse<String> page = SimulatedBrowser.get(SimulatedBrowser.signIn(loginPage, USER));

    assertThat(login.get()).as("%s", err).isZero();
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Close this page");
    assertThat(err.toString()).contains("Signed in as " + USER + ". Credentials: " + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(file::equals);
    JsonNode credentials = credentials();
    assertThat(credentials.path("token_uri").asString()).isEqualTo(origin() + "/dev/token");
    assertThat(credentials.path("id_token").path("email").asString()).isEqualTo(USER);
    assertThat(err.toString())
        .doesNotContain(credentials.path("token_response").path("id_token").asString())
        .doesNotContain(credentials.path("refresh_token").asString())
        .doesNotContain(credentials.path("access_token").asString());
    assertThat(whoami()).isEqualTo("0 " + USER);
  }

  @Test
  void expiredTokensAreRenewed() throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login = login();
    SimulatedBrowser.get(SimulatedBrowser.signIn(loginPage, USER));
    assertThat(login.get()).as("%s", err).isZero();
    String token = credentials().path("token_response").path("id_token").asString();
    String expired = expiredToken();
    Files.writeString(file, Files.readString(file).replace(token, expired));

    assertThat(whoami()).isEqualTo("0 " + USER);

    assertThat(Files.readString(file)).contains("\"refresh_token\"");
    assertThat(credentials().path("token_response").path("id_token").asString())
        .isNotEqualTo(expired);
  }

  private static String expiredToken() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin() + "/dev/token"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"email\": \"" + USER + "\", \"expires_in\": -60}"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return JsonMapper.shared().readTree(response.body()).path("id_token").asString();
  }

  @Test
  void requestsOfStrangersChangeNothing()
      throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login = login();
    String redirect = SimulatedBrowser.signIn(loginPage, USER);
    String base = parameter("redirect_uri");
    String state = parameter("state");
    int port = URI.create(base).getPort();

    try (Socket half = new Socket(InetAddress.getLoopbackAddress(), port)) {
      half.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
      assertThat(SimulatedBrowser.get(base).statusCode()).isEqualTo(400);
      assertThat(SimulatedBrowser.get(base + "?code=x").statusCode()).isEqualTo(400);
      assertThat(SimulatedBrowser.get(base + "?code=x&state=" + state + "x").statusCode())
          .isEqualTo(400);
      assertThat(SimulatedBrowser.get(base + "?error=access_denied&state=").statusCode())
          .isEqualTo(400);
      assertThat(SimulatedBrowser.get(base + "?code=x&state=" + state + "&state=" + state))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(400);
      assertThat(SimulatedBrowser.get(base + "other?code=x&state=" + state).statusCode())
          .isEqualTo(404);
      assertThat(
              SimulatedBrowser.get(
                  base.replace("127.0.0.1", "localhost") + "?code=x&state=" + state))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(400);
      assertThat(login.isDone()).isFalse();
      assertThat(SimulatedBrowser.get(redirect).statusCode()).isEqualTo(200);
    }

    assertThat(login.get()).as("%s", err).isZero();
  }

  @Test
  void refusedLoginIsReportedAndSavesNothing()
      throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login = login();
    SimulatedBrowser.get(
        parameter("redirect_uri") + "?error=access_denied&state=" + parameter("state"));

    assertThat(login.get()).isEqualTo(1);
    assertThat(err.toString()).contains("idc4j login: the login was refused (access_denied).");
    assertThat(file).doesNotExist();
  }

  @Test
  void loginThatIsNotCompletedInTimeIsReported()
      throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login =
        login("--base-url", service.baseUrl().toString(), "--timeout", "1s");

    assertThat(login.get()).isEqualTo(1);
    assertThat(err.toString()).contains("the login was not completed in the browser within 1 s");
    assertThat(file).doesNotExist();
  }

  @Test
  void codeOfAnotherLoginIsRefused() throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login = login();
    SimulatedBrowser.get(parameter("redirect_uri") + "?code=x&state=" + parameter("state"));

    assertThat(login.get()).isEqualTo(1);
    assertThat(err.toString()).contains("did not return tokens: status 400, invalid_grant.");
  }

  @Test
  void tokenOfAnotherLoginIsRefused() throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login =
        login("--issuer", origin(), "--client-id", "idc4j-reference-service");
    String otherNonce = loginPage.replaceFirst("nonce=[^&]+", "nonce=other");
    SimulatedBrowser.get(SimulatedBrowser.signIn(otherNonce, USER));

    assertThat(login.get()).isEqualTo(1);
    assertThat(err.toString())
        .contains("the ID token of the issuer " + origin() + " does not belong to this login.");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | --issuer https://example.org | --issuer and --client-id must be used together",
        "2 | --client-id x | --issuer and --client-id must be used together",
        "2 | --timeout 0s | must be longer than zero",
        "2 | --base-url ftp://example.org/v1 | must be an http or https URL",
        "1 | --issuer http:example --client-id x | the issuer must be an https URL",
        "1 | --issuer http://example.org --client-id x | the issuer must be an https URL",
        "1 | --issuer http://127.0.0.1:1 --client-id x | no response from http://127.0.0.1:1/",
        "1 | --issuer ORIGIN/ --client-id x | is that of the issuer 'ORIGIN'. Correct --issuer.",
        "1 | --issuer ORIGIN/v1 --client-id x | ORIGIN/v1 is no OpenID Connect issuer"
      })
  void problemsAreReported(int exitCode, String options, String message) {
    List<String> arguments = new ArrayList<>(List.of("login", "--credentials", file.toString()));
    arguments.addAll(List.of(options.replace("ORIGIN", origin()).split(" ")));

    assertThat(run(new PrintWriter(new StringWriter()), arguments.toArray(String[]::new)))
        .isEqualTo(exitCode);
    assertThat(err.toString())
        .contains(message.replace("ORIGIN", origin()))
        .doesNotContain("\tat ");
  }

  @Test
  void whoamiExplainsExpiredCredentials() throws IOException {
    Files.writeString(
        file,
        "{\"token_response\": {\"id_token\": \"x\"}, \"token_expiry\": \"2001-01-01T00:00:00Z\"}");

    assertThat(whoami()).isEqualTo("1 ");
    assertThat(err.toString())
        .contains("has an ID token that expired", "You can also run idc4j login.");
  }

  /** Runs a command with a default credentials file. Returns the exit code and the output. */
  private String process(String... arguments) throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(Main.class.getName()));
    program.addAll(List.of(arguments));
    Process process =
        JavaProgram.start(
            Map.of(
                "IDC_CREDENTIALS", file.toString(),
                "IDC4J_HOME", folder.resolve("home").toString(),
                "IDC4J_TOKEN", "",
                "IDC4J_BASE_URL", service.baseUrl().toString()),
            program.toArray(String[]::new));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + " " + output.strip();
  }

  /** Saves a cohort of the user. Returns its ID. */
  private static long cohort() {
    try (IdcClient client =
        IdcClient.builder()
            .baseUrl(service.baseUrl().toString())
            .credentials(Credentials.of(service.issueToken(USER)))
            .build()) {
      return client
          .createCohort(CohortDefinition.of("CT", Attributes.MODALITY.anyOf("CT")))
          .cohortId();
    }
  }

  @Test
  void commandsUseTheFileOfTheLoginUntilTheLogout()
      throws ExecutionException, IOException, InterruptedException {
    FutureTask<Integer> login = login();
    SimulatedBrowser.get(SimulatedBrowser.signIn(loginPage, USER));
    assertThat(login.get()).as("%s", err).isZero();

    assertThat(process("whoami")).isEqualTo("0 " + USER);
    assertThat(process("manifest", "--cohort", "" + cohort(), "--count", "--quiet"))
        .matches("0 [1-9]\\d*");
    assertThat(process("logout")).isEqualTo("0 Signed out. Deleted " + file + ".");
    assertThat(file).doesNotExist();
    assertThat(process("whoami"))
        .isEqualTo(
            "2 idc4j whoami: you are not signed in. Run idc4j login, pass --credentials FILE, or set"
                + " IDC4J_TOKEN to an ID token.");
    assertThat(process("cohort", "list")).startsWith("2 idc4j cohort list: you are not signed in.");
    assertThat(process("logout"))
        .isEqualTo("0 You were not signed in: " + file + " does not exist.");
  }

  @Test
  void logoutDeletesOnlyCredentialsAndFollowsLinks() throws IOException, InterruptedException {
    Files.writeString(file, "collection_id\r\nnlst\r\n");
    assertThat(process("logout"))
        .isEqualTo(
            "3 idc4j logout: "
                + file
                + " is not a credentials file, so it was not deleted. Correct --credentials or"
                + " IDC_CREDENTIALS.");
    Path real =
        Files.writeString(folder.resolve("real.json"), "{\"id_token_jwt\": \"x\"}").toRealPath();
    Files.delete(file);
    Files.createSymbolicLink(file, real);
    assertThat(process("logout")).isEqualTo("0 Signed out. Deleted " + real + ".");
    assertThat(real).doesNotExist();
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void credentialsOfTheConfigurationAreForItsService() throws IOException, InterruptedException {
    Files.writeString(file, "not JSON");
    Path home = Files.createDirectories(folder.resolve("home"));
    String line = "credentials = " + file + "\nbase-url = ";
    Path config =
        Files.writeString(home.resolve("config.properties"), line + "http://127.0.0.1:1/v1\n");
    assertThat(process("manifest", "--count", "--quiet")).matches("0 \\d+");

    Files.writeString(config, line + service.baseUrl() + "\n");
    assertThat(process("manifest", "--count", "--quiet")).startsWith("1 ").contains("" + file);
  }

  @Test
  void commandsThatNeedNoAccountIgnoreTheFileOfTheLogin() throws IOException, InterruptedException {
    Files.writeString(file, "not JSON");

    assertThat(process("manifest", "--count", "--quiet")).matches("0 \\d+");
  }
}
