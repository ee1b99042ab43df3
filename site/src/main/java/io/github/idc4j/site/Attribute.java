package io.github.idc4j.site;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A line of the catalogue of attributes.
 *
 * @param name its name, upper and lower case as the service wants it
 * @param description what it is
 * @param type the data type in the service; empty if it does not list the attribute
 * @param units those of its values, or empty
 * @param example a value
 * @param ranges its forms for ranges; none unless it is a number
 * @param uses where it may be used or is found
 * @param dataSource the table that has it; empty if none has it
 */
record Attribute(
    String name,
    String description,
    String type,
    String units,
    String example,
    List<String> ranges,
    String uses,
    String dataSource) {

  private static final List<String> ANCHORS = List.of("images", "clinical", "biospecimen", "other");

  /** Attributes of one data source. */
  record Group(String anchor, String title, String dataSource, List<Attribute> attributes) {

    int count() {
      return attributes.size();
    }
  }

  /** Takes the names of all filters, ranges included. */
  static List<Attribute> readAll(Collection<String> filters) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    List<CSVRecord> lines;
    try (CSVParser parser =
        CSVParser.parse(IdcOpenApi.attributes(), StandardCharsets.UTF_8, format)) {
      lines = parser.getRecords();
    }
    Set<String> names = lines.stream().map(line -> line.get("name")).collect(Collectors.toSet());
    Map<String, List<String>> ranges =
        filters.stream()
            .filter(filter -> !names.contains(filter))
            .collect(Collectors.groupingBy(filter -> filter.substring(0, filter.lastIndexOf('_'))));
    return lines.stream()
        .map(line -> of(line, ranges.getOrDefault(line.get("name"), List.of())))
        .toList();
  }

  private static Attribute of(CSVRecord line, List<String> ranges) {
    return new Attribute(
        line.get("name"),
        line.get("description"),
        line.get("data_type"),
        line.get("units"),
        line.get("example").replace("|", ", "),
        ranges,
        Stream.of("filter", "query_field", "dicom_metadata")
            .filter(use -> line.get(use).equals("yes"))
            .map(Attribute::inWords)
            .collect(Collectors.joining(", ")),
        line.get("data_source"));
  }

  /** Groups the attributes by data source, those of images first. */
  static List<Group> grouped(List<Attribute> attributes) {
    return attributes.stream()
        .collect(Collectors.groupingBy(Attribute::dataSource))
        .entrySet()
        .stream()
        .map(source -> group(source.getKey(), source.getValue()))
        .sorted(Comparator.comparing(group -> ANCHORS.indexOf(group.anchor())))
        .toList();
  }

  private static Group group(String dataSource, List<Attribute> attributes) {
    return switch (dataSource) {
      case "dicom_pivot" -> new Group("images", "Images", dataSource, attributes);
      case "tcga_clinical_rel9" -> new Group("clinical", "Clinical data", dataSource, attributes);
      case "tcga_biospecimen_rel9" ->
          new Group("biospecimen", "Biospecimens", dataSource, attributes);
      case "" -> new Group("other", "Other", dataSource, attributes);
      default ->
          throw new IllegalStateException(
              "attributes.csv has the data source " + dataSource + ". Add a title for it here.");
    };
  }

  private static String inWords(String use) {
    return switch (use) {
      case "filter" -> "filter";
      case "query_field" -> "query field";
      default -> "/dicomMetadata";
    };
  }
}
