package io.github.idc4j.openapi;

import java.net.URL;
import java.util.Objects;

/**
 * Locates the contract of the IDC REST API, version 1: the bundled OpenAPI document and the tables
 * it is made from.
 *
 * <p>Nothing here reads, parses or sends anything; each method gives the address of a resource of
 * this jar. All methods are safe for use by several threads.
 *
 * <pre>{@code
 * try (InputStream spec = IdcOpenApi.specJson().openStream()) {
 *   ...
 * }
 * }</pre>
 */
public final class IdcOpenApi {

  private IdcOpenApi() {}

  /** Returns the bundled OpenAPI 3.0.3 document as JSON, in UTF-8. */
  public static URL specJson() {
    return resource("idc-v1.json");
  }

  /** Returns the bundled OpenAPI 3.0.3 document as YAML, in UTF-8. */
  public static URL specYaml() {
    return resource("idc-v1.yaml");
  }

  /**
   * Returns the attribute catalogue: RFC 4180 CSV in UTF-8 with a header line, one row an
   * attribute.
   *
   * <p>Columns: {@code name}; {@code value_type} ({@code string}, {@code number} or {@code list});
   * {@code data_type} as {@code GET /attributes} gives it, empty for an attribute that is no
   * filter; {@code data_source} (the table that holds it; empty for a name without a column);
   * {@code units}, empty where there are none; {@code filter}, {@code query_field} and {@code
   * dicom_metadata} ({@code yes} or {@code no}: whether cohorts filter by it, a query's fields
   * accept it, a {@code /dicomMetadata} row has it); {@code description}.
   */
  public static URL attributes() {
    return resource("attributes.csv");
  }

  /**
   * Returns the ten columns of a manifest: RFC 4180 CSV in UTF-8 with a header line.
   *
   * <p>Columns: {@code key} (the name in the request and in a row); {@code column} (the attribute
   * it shows); {@code prefix} (text in front of the attribute's value, mostly empty); {@code
   * description}. The order of the rows is the order by which manifests are sorted.
   */
  public static URL manifestColumns() {
    return resource("manifest-columns.csv");
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(IdcOpenApi.class.getResource(name), name);
  }
}
