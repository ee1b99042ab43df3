package io.github.idc4j.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import java.util.Properties;

/**
 * Locates the files of the contract of the IDC REST API, version 1: the OpenAPI document in several
 * forms, workflows, collections for API clients, and the tables of attributes and manifest columns.
 *
 * <p>The methods do not parse documents and do not send requests. A method that returns a {@link
 * URL} returns the location of a resource in the {@code idc4j-openapi} JAR. All methods are safe
 * for use by several threads.
 *
 * <pre>{@code
 * try (InputStream spec = IdcOpenApi.specJson().openStream()) {
 *   ...
 * }
 * }</pre>
 */
public final class IdcOpenApi {

  private static final Properties CONTRACT = contract();

  /**
   * The forms of the OpenAPI document. All forms describe the same contract, but {@link
   * #GENERATORS} describes it less strictly.
   */
  public enum Form {
    /** OpenAPI 3.0.3 in one file, with references to components in the same file. */
    BUNDLED(""),
    /** OpenAPI 3.0.3 without references, for tools that cannot resolve them. */
    DEREFERENCED("-dereferenced"),
    /** OpenAPI 3.1 in one file, with references to components in the same file. */
    OPENAPI_3_1("-openapi-3.1"),
    /**
     * The {@link #BUNDLED} form, loosened for code generators. {@code Filters} is a map. The 200
     * and 202 responses of each kind of page share one schema, and all errors share another. The
     * 404 and 405 responses are left out. Do not use this form for validation.
     */
    GENERATORS("-generators");

    private final String suffix;

    Form(String suffix) {
      this.suffix = suffix;
    }
  }

  private IdcOpenApi() {}

  /**
   * Returns the version of the contract, such as {@code 1.0.0}. This is the {@code info.version} of
   * the OpenAPI document. A breaking change raises the first number.
   */
  public static String version() {
    return CONTRACT.getProperty("version");
  }

  /**
   * Returns the fingerprint of the contract: 64 lower-case hexadecimal digits. Each form of the
   * OpenAPI document contains the fingerprint as {@code info.x-sha256}.
   *
   * <p>The fingerprint is the SHA-256 of the bundled document as UTF-8 JSON without white space,
   * with the members of each object sorted, and without {@code info.x-sha256}.
   */
  public static String sha256() {
    return CONTRACT.getProperty("sha256");
  }

  /** Returns the location of a form of the OpenAPI document, as JSON in UTF-8. */
  public static URL specJson(Form form) {
    return resource("idc-v1" + form.suffix + ".json");
  }

  /** Returns the location of a form of the OpenAPI document, as YAML in UTF-8. */
  public static URL specYaml(Form form) {
    return resource("idc-v1" + form.suffix + ".yaml");
  }

  /** Returns the location of the bundled OpenAPI 3.0.3 document, as JSON in UTF-8. */
  public static URL specJson() {
    return specJson(Form.BUNDLED);
  }

  /** Returns the location of the bundled OpenAPI 3.0.3 document, as YAML in UTF-8. */
  public static URL specYaml() {
    return specYaml(Form.BUNDLED);
  }

  /**
   * Returns the location of the workflows in Arazzo 1.0.1, as YAML in UTF-8. The workflows show how
   * to get all pages of each kind of result, even if the query is pending (202). The workflows
   * refer to the bundled OpenAPI document as {@code ./idc-v1.yaml}.
   */
  public static URL workflows() {
    return resource("idc-v1.arazzo.yaml");
  }

  /**
   * Returns the location of a Postman collection of all operations, in version 2.1 of the Postman
   * format, as JSON in UTF-8. The collection has the variable {@code baseUrl}, which is the base
   * URL of a service on the local host, and the variable {@code idToken}, which is empty.
   */
  public static URL postmanCollection() {
    return resource("idc-v1.postman_collection.json");
  }

  /**
   * Returns the location of a ZIP file with a Bruno collection of all operations. The Bruno
   * collection has the same variables as {@link #postmanCollection}.
   */
  public static URL brunoCollection() {
    return resource("idc-v1.bruno.zip");
  }

  /**
   * Returns the location of the attribute catalogue: an RFC 4180 CSV file in UTF-8, with a header
   * line and one row for each attribute.
   *
   * <p>Columns:
   *
   * <ul>
   *   <li>{@code name}
   *   <li>{@code value_type}: {@code string}, {@code number} or {@code list}
   *   <li>{@code data_type}: the data type that {@code GET /attributes} returns; empty if the
   *       attribute is not a filter
   *   <li>{@code data_source}: the IDC table that contains the attribute; empty if no table
   *       contains it
   *   <li>{@code units}: the units of the values; empty if the values have no units
   *   <li>{@code filter}: {@code yes} if cohorts can filter by the attribute, otherwise {@code no}
   *   <li>{@code query_field}: {@code yes} if the attribute can be in the {@code fields} of a
   *       query, otherwise {@code no}
   *   <li>{@code dicom_metadata}: {@code yes} if the attribute is in each row of {@code
   *       /dicomMetadata}, otherwise {@code no}
   *   <li>{@code description}
   *   <li>{@code example}: example values, separated by {@code |}. A string has one example value,
   *       a number has two in ascending order, and a list has any number of them. Empty if no table
   *       contains the attribute.
   * </ul>
   */
  public static URL attributes() {
    return resource("attributes.csv");
  }

  /**
   * Returns the location of the table of the ten manifest columns: an RFC 4180 CSV file in UTF-8,
   * with a header line and one row for each manifest column.
   *
   * <p>Columns of this table:
   *
   * <ul>
   *   <li>{@code key}: the name of the manifest column in requests and in the rows of a manifest
   *   <li>{@code column}: the attribute whose value the manifest column contains
   *   <li>{@code prefix}: text that precedes the value of the attribute; empty for most manifest
   *       columns
   *   <li>{@code format}: the OpenAPI format of the prefix and value together. This is {@code uri},
   *       {@code crdc-guid} (a format that only this spec defines), or empty for any string.
   *   <li>{@code description}
   * </ul>
   *
   * <p>A manifest is sorted by one column only, in ascending order: of the chosen manifest columns,
   * the one that comes last in this table.
   */
  public static URL manifestColumns() {
    return resource("manifest-columns.csv");
  }

  private static Properties contract() {
    Properties contract = new Properties();
    try (InputStream file = resource("contract.properties").openStream()) {
      contract.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The jar of idc4j-openapi can't be read", e);
    }
    return contract;
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(IdcOpenApi.class.getResource(name), name);
  }
}
