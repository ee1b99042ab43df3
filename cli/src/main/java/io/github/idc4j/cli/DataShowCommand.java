package io.github.idc4j.cli;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.DataFolder;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.data.SampleSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows which columns of version 1 a data set has. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows the release of a data set, and which columns of version 1 the data set contains"
            + " exactly, which are derived from other columns, and which are absent. If the data set"
            + " has not been loaded yet, loads it first.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"2:invalid usage", "3:the data cannot be used"},
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j data show", "  idc4j data show idc"})
final class DataShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Wheels of the Python package idc-index-data, Parquet files that IDC publishes, or folders"
              + " that contain such files. 'idc' stands for the newest downloaded release, and"
              + " 'idc:25' for release 25. Default: the synthetic data.")
  private List<Path> paths = List.of();

  @Override
  public Integer call() throws UserException {
    List<Path> resolved = List.of(PulledReleases.resolve(paths));
    Catalogue catalogue = new Catalogue();
    try (Database database =
        Database.open(catalogue, resolved, DataFolder.standard(), 1, SampleSize.standard())) {
      print(catalogue, database);
      return 0;
    } catch (IOException | SQLException e) {
      throw new UserException(Main.OWN_FAULT, "cannot use the data: " + e.getMessage());
    }
  }

  private void print(Catalogue catalogue, Database database) throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    boolean instances =
        database.column(catalogue.attribute("SOPInstanceUID").orElseThrow()).isPresent();
    out.printf(
        "release %s of %s: %,d %s%n",
        database.activeVersion().number(),
        database.activeVersion().dateActive(),
        database.rows(),
        instances ? "instances" : "series");
    out.printf(
        "collections: %d, analysis results: %d, releases: %d%n%n",
        database.collections().map(List::size).orElse(0),
        database.analysisResults().map(List::size).orElse(0),
        database.versions().size());
    out.printf("%-24s %6s %8s %7s%n", "", "exact", "derived", "absent");
    surfaces(catalogue).forEach((name, attributes) -> printCounts(out, name, attributes, database));
    printNames(out, catalogue, database);
    if (InstanceColumns.obstacle(catalogue, database).isEmpty()) {
      out.printf(
          "%nManifests can contain these columns with --instances-from-bucket: %s%n",
          catalogue.manifestColumns().stream()
              .filter(column -> database.isListable(column.attribute()))
              .map(ManifestColumn::key)
              .collect(Collectors.joining(", ")));
    }
    out.flush();
  }

  /** Returns the attributes of each part of version 1 that has columns, by the name of the part. */
  private static Map<String, List<Attribute>> surfaces(Catalogue catalogue) {
    Map<String, List<Attribute>> surfaces = new LinkedHashMap<>();
    surfaces.put(
        "manifest columns",
        catalogue.manifestColumns().stream().map(ManifestColumn::attribute).toList());
    surfaces.put("filter attributes", with(catalogue, Attribute::filter));
    surfaces.put("query fields", with(catalogue, Attribute::queryField));
    surfaces.put("/dicomMetadata columns", with(catalogue, Attribute::dicomMetadata));
    return surfaces;
  }

  private static List<Attribute> with(Catalogue catalogue, Predicate<Attribute> property) {
    return catalogue.attributes().stream().filter(property).toList();
  }

  private static void printCounts(
      PrintWriter out, String name, List<Attribute> attributes, Database database) {
    List<Database.Column> columns =
        attributes.stream().map(database::column).flatMap(Optional::stream).toList();
    long derived = columns.stream().filter(Database.Column::derived).count();
    out.printf(
        "%-24s %6d %8d %7d%n",
        name, columns.size() - derived, derived, attributes.size() - columns.size());
  }

  private static void printNames(PrintWriter out, Catalogue catalogue, Database database) {
    List<String> derived = new ArrayList<>();
    Map<String, List<String>> absent = new TreeMap<>();
    for (Attribute attribute : catalogue.attributes()) {
      Optional<Database.Column> column = database.column(attribute);
      if (column.isEmpty()) {
        absent
            .computeIfAbsent(
                database
                    .publishedIn(attribute)
                    .map(table -> "Absent, but published in the table " + table)
                    .orElse("Absent from all published tables"),
                key -> new ArrayList<>())
            .add(attribute.name());
      } else if (column.get().derived()) {
        derived.add(attribute.name());
      }
    }
    if (!derived.isEmpty()) {
      out.printf("%nDerived from other columns: %s%n", String.join(", ", derived));
    }
    absent.forEach((where, names) -> out.printf("%n%s: %s%n", where, String.join(", ", names)));
  }
}
