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
 * An attribute of the attribute catalogue.
 *
 * @param name the name, which is case-sensitive
 * @param description the meaning of the attribute
 * @param type the data type in {@code GET /attributes}; empty if this operation does not return the
 *     attribute
 * @param units the units of the values; empty if the values have no units
 * @param example example values, separated by commas; empty if the catalogue has no example
 * @param ranges the names of the range filters of the attribute; empty unless the attribute is a
 *     number
 * @param uses where the API uses the attribute, such as {@code filter, query field}
 * @param dataSource the IDC table that contains the attribute; empty if no table contains it
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

  /** The attributes of one data source. */
  record Group(String anchor, String title, String dataSource, List<Attribute> attributes) {

    int count() {
      return attributes.size();
    }
  }

  /**
   * Reads all attributes of the catalogue.
   *
   * @param filters the names of all filters, including range filters
   */
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

  /** Groups the attributes by data source. The attributes of images come first. */
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
