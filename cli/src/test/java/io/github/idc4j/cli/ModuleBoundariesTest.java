package io.github.idc4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Which module may know which: in the code, and in the poms. */
class ModuleBoundariesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.idc4j");

  private static final String[] CLIENT = {
    "io.github.idc4j.client..", "io.github.idc4j.api..", "io.github.idc4j.model.."
  };
  private static final String SERVICE = "io.github.idc4j.service..";
  private static final String CONFORMANCE = "io.github.idc4j.conformance..";
  private static final String CLI = "io.github.idc4j.cli..";

  static final List<ArchRule> RULES =
      List.of(
          noClasses()
              .that()
              .resideInAPackage("io.github.idc4j.openapi..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.github.idc4j.client..",
                  "io.github.idc4j.api..",
                  "io.github.idc4j.model..",
                  SERVICE,
                  CONFORMANCE,
                  CLI),
          noClasses()
              .that()
              .resideInAnyPackage(CLIENT)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(SERVICE, CONFORMANCE, CLI),
          noClasses()
              .that()
              .resideInAPackage(SERVICE)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.github.idc4j.client..",
                  "io.github.idc4j.api..",
                  "io.github.idc4j.model..",
                  CONFORMANCE,
                  CLI),
          noClasses()
              .that()
              .resideInAPackage(CONFORMANCE)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.github.idc4j.client..",
                  "io.github.idc4j.api..",
                  "io.github.idc4j.model..",
                  SERVICE,
                  CLI),
          noClasses()
              .that()
              .resideOutsideOfPackage("io.github.idc4j.client.internal..")
              .and()
              .resideOutsideOfPackages(CLIENT)
              .should()
              .dependOnClassesThat()
              .resideInAPackage("io.github.idc4j.client.internal.."));

  @ParameterizedTest
  @FieldSource("RULES")
  void classesKeepToTheirModules(ArchRule rule) {
    rule.check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openapi |",
        "client | idc4j-openapi",
        "reference-service | idc4j-openapi",
        "conformance-tests | idc4j-openapi, idc4j-reference-service (test)",
        "cli | idc4j-client, idc4j-conformance-tests, idc4j-reference-service"
      })
  void pomsKeepToTheDesign(String module, String allowed) throws Exception {
    assertThat(String.join(", ", ownDependencies(module)))
        .isEqualTo(allowed == null ? "" : allowed);
  }

  @Test
  void eachModuleOfTheBuildIsJudged() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.")[3])
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "openapi", "client", "api", "model", "service", "conformance", "cli");
  }

  private static Set<String> ownDependencies(String module) throws Exception {
    Element project =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Files.newInputStream(Path.of("..", module, "pom.xml")))
            .getDocumentElement();
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

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
