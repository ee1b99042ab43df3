package io.github.idc4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests what can be seen in the text of {@code idc4j.cmd}. No test runs it. */
class WindowsLauncherTest {

  private static final Pattern MODULES =
      Pattern.compile("optional_modules=\\((.*?)\\)", Pattern.DOTALL);

  /** Windows separates an option from its value, also where there is an equals sign. */
  private static final Pattern MODULE = Pattern.compile("\"([^\\s=]+) (\\S+)\"");

  private static final Pattern TEST =
      Pattern.compile("if \"%ARGUMENT:~0,(\\d+)%\"==\"([a-z:-]+)\" set \"([A-Z_]+)=1\"");

  private static final Pattern ADDED =
      Pattern.compile("if defined ([A-Z_]+) call :optional (\\S+)");

  private static final Pattern JVM_OPTION =
      Pattern.compile("--enable-native-access=[A-Z-]+|-XX:[A-Za-z0-9+=]+(?=\")");

  private static String text(String launcher) throws IOException {
    return Files.readString(Path.of("..", launcher));
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  @Test
  void looksForTheOptionsOfTheOtherLauncher() throws IOException {
    String modules = matches(MODULES, text("idc4j")).get(0).group(1);
    Map<String, String> expected = new TreeMap<>();
    matches(MODULE, modules).forEach(found -> expected.put(found.group(1), found.group(2)));
    String windows = text("idc4j.cmd");
    Map<String, String> folders = new TreeMap<>();
    matches(ADDED, windows).forEach(found -> folders.put(found.group(1), found.group(2)));
    Map<String, String> options = new TreeMap<>();
    for (MatchResult test : matches(TEST, windows)) {
      assertThat(Integer.parseInt(test.group(1)))
          .as("compared characters of %s", test.group(2))
          .isEqualTo(test.group(2).length());
      options.put(test.group(2), folders.get(test.group(3)));
    }

    assertThat(options).isEqualTo(expected).hasSize(3);
  }

  @Test
  void usesTheJvmOptionsOfTheOtherLaunchers() throws IOException {
    String others = text("cli/launcher/java.sh");

    assertThat(matches(JVM_OPTION, text("idc4j.cmd")))
        .hasSize(3)
        .allSatisfy(option -> assertThat(others).contains(option.group()));
  }

  /** In a line with an odd number of quotes, operators such as {@code >nul} become arguments. */
  @Test
  void quotesComeInPairs() throws IOException {
    assertThat(text("idc4j.cmd").lines())
        .isNotEmpty()
        .allMatch(line -> withoutVariables(line).chars().filter(c -> c == '"').count() % 2 == 0);
  }

  /** Windows replaces variables before it reads quotes. */
  private static String withoutVariables(String line) {
    return line.replaceAll("%[A-Z_]+:[^%]*%", "");
  }
}
