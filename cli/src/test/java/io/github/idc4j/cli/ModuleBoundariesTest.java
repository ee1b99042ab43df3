package io.github.idc4j.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tests that modules depend only on allowed modules, in the code and in the POM files. */
class ModuleBoundariesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.idc4j");

  /** The top-level packages of each module, below {@code io.github.idc4j}. */
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "openapi", List.of("openapi"),
          "client", List.of("client", "api", "model"),
          "reference-service", List.of("service"),
          "conformance-tests", List.of("conformance"),
          "cli", List.of("cli"));

  static final List<ArchRule> RULES =
      List.of(
          knowsNoneOf("openapi", "client", "reference-service", "conformance-tests", "cli"),
          knowsNoneOf("client", "reference-service", "conformance-tests", "cli"),
          knowsNoneOf("reference-service", "client", "conformance-tests", "cli"),
          knowsNoneOf("conformance-tests", "client", "reference-service", "cli"),
          noClasses()
              .that()
              .resideOutsideOfPackages(packages("client"))
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.github.idc4j.client.internal.."),
          noClasses()
              .that()
              .resideInAPackage("io.github.idc4j.cli.export")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.github.idc4j.cli",
                  "io.github.idc4j.service..",
                  "io.github.idc4j.conformance.."));

  private static ArchRule knowsNoneOf(String module, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(others));
  }

  private static String[] packages(String... modules) {
    return Arrays.stream(modules)
        .flatMap(module -> PACKAGES.get(module).stream())
        .map(name -> "io.github.idc4j." + name + "..")
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void classesRespectModuleBoundaries(ArchRule rule) {
    rule.check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openapi |",
        "client | idc4j-openapi",
        "reference-service | idc4j-openapi",
        "service-oracle | idc4j-reference-service",
        "bucket-listing | idc4j-reference-service",
        "bigquery | idc4j-conformance-tests (test), idc4j-reference-service,"
            + " idc4j-service-oracle (test)",
        "postgresql | idc4j-reference-service",
        "conformance-tests | idc4j-openapi, idc4j-reference-service (test)",
        "cli | idc4j-client, idc4j-conformance-tests, idc4j-openapi, idc4j-reference-service",
        "benchmarks | idc4j-client, idc4j-reference-service"
      })
  void pomsRespectModuleBoundaries(String module, String allowed) throws Exception {
    assertThat(String.join(", ", ownDependencies(module)))
        .isEqualTo(allowed == null ? "" : allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi", "client", "reference-service", "conformance-tests", "cli"})
  void packagesHaveNoCycles(String module) {
    List<String> cycles =
        slices()
            .matching("io.github.idc4j.(**)")
            .should()
            .beFreeOfCycles()
            .evaluate(
                CLASSES.that(
                    resideInAnyPackage(packages(module))
                        // Ignores relocated libraries.
                        .and(resideOutsideOfPackage("..shaded.."))))
            .getFailureReport()
            .getDetails();
    assertThat(cycles).isEmpty();
  }

  /**
   * A module that the previous test does not cover has at most one package, so it has no package
   * cycles.
   */
  @Test
  void buildModulesHaveOnePackage() throws Exception {
    NodeList modules = parse(Path.of("..", "pom.xml")).getElementsByTagName("module");
    for (int i = 0; i < modules.getLength(); i++) {
      String module = modules.item(i).getTextContent();
      if (!PACKAGES.containsKey(module)) {
        assertThat(packagesOfSources(module)).as(module).hasSizeLessThanOrEqualTo(1);
      }
    }
  }

  private static Set<Path> packagesOfSources(String module) throws IOException {
    Path sources = Path.of("..", module, "src/main/java");
    if (Files.notExists(sources)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .collect(Collectors.toSet());
    }
  }

  @Test
  void eachModuleOfTheBuildIsVerified() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.")[3])
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            PACKAGES.values().stream().flatMap(List::stream).toList());
  }

  private static Set<String> ownDependencies(String module) throws Exception {
    Element project = parse(Path.of("..", module, "pom.xml"));
    Set<String> own = new TreeSet<>();
    for (int i = 0; i < project.getChildNodes().getLength(); i++) {
      if (project.getChildNodes().item(i) instanceof Element child
          && child.getTagName().equals("dependencies")) {
        NodeList dependencies = child.getElementsByTagName("dependency");
        for (int j = 0; j < dependencies.getLength(); j++) {
          Element dependency = (Element) dependencies.item(j);
          if (text(dependency, "groupId").equals("io.github.idc4j")) {
            String scope = text(dependency, "scope");
            own.add(text(dependency, "artifactId") + (scope.isEmpty() ? "" : " (" + scope + ")"));
          }
        }
      }
    }
    return own;
  }

  private static Element parse(Path pom) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(pom.toFile())
        .getDocumentElement();
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
