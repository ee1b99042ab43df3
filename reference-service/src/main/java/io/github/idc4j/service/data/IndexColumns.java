package io.github.idc4j.service.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of version 1 that the Python package {@code idc-index-data} does not have. The
 * package contains an index of series.
 */
public final class IndexColumns {

  private static final Set<SourceTable> TABLES =
      Set.of(
          SourceTable.IDC_INDEX, SourceTable.PRIOR_VERSIONS_INDEX, SourceTable.COLLECTIONS_INDEX);

  private IndexColumns() {}

  /**
   * Returns the names of the missing filter attributes, query fields and manifest columns.
   *
   * @param listed whether the service lists the instances in the buckets; the result then lacks
   *     {@code GCS_URL}, but still contains {@code CRDC_Instance_GUID}, because that column cannot
   *     be chosen alone
   */
  public static List<String> absent(boolean listed) {
    Catalogue catalogue = new Catalogue();
    Mapping mapping = new Mapping();
    Stream<String> attributes =
        catalogue.attributes().stream()
            .filter(attribute -> attribute.filter() || attribute.queryField())
            .filter(attribute -> !attribute.table().isEmpty())
            .filter(attribute -> isAbsent(mapping, attribute))
            .map(Attribute::name);
    Stream<String> manifestColumns =
        catalogue.manifestColumns().stream()
            .filter(column -> isAbsent(mapping, column.attribute()))
            .filter(column -> !listed || !column.attribute().name().equals(InstanceColumns.ORDER))
            .map(ManifestColumn::key);
    return Stream.concat(attributes, manifestColumns).distinct().toList();
  }

  private static boolean isAbsent(Mapping mapping, Attribute attribute) {
    return mapping.sources(attribute).stream().noneMatch(source -> TABLES.contains(source.table()));
  }
}
