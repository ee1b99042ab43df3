package io.github.idc4j.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import java.util.Properties;

/**
 * Locates the contract of the IDC REST API, version 1: the OpenAPI document in its forms and the
 * tables it is made from.
 *
 * <p>Nothing here parses a document or sends anything; the methods that return a {@link URL} give
 * the address of a resource of this jar. All methods are safe for use by several threads.
 *
 * <pre>{@code
 * try (InputStream spec = IdcOpenApi.specJson().openStream()) {
 *   ...
 * }
 * }</pre>
 */
public final class IdcOpenApi {

  private static final Properties CONTRACT = contract();

  /** The forms of the document. All describe the same contract; one of them less strictly. */
  public enum Form {
    /** OpenAPI 3.0.3 in one file, with references into its components. */
    BUNDLED(""),
    /** OpenAPI 3.0.3 without references, for tools that cannot resolve them. */
    DEREFERENCED("-dereferenced"),
    /** OpenAPI 3.1 in one file, with references into its components. */
    OPENAPI_3_1("-openapi-3.1"),
    /**
     * {@link #BUNDLED}, loosened for code generators: {@code Filters} is a map, each kind of page
     * has one schema for 200 and 202, and errors have one schema. Not for validation.
     */
    GENERATORS("-generators");

    private final String suffix;

    Form(String suffix) {
      this.suffix = suffix;
    }
  }

  private IdcOpenApi() {}

  /**
   * Returns the version of the document, such as {@code 1.0.0}: its {@code info.version}. A change
   * that breaks programs raises the first number.
   */
  public static String version() {
    return CONTRACT.getProperty("version");
  }

  /**
   * Returns the fingerprint of the contract, 64 hexadecimal digits: the {@code info.x-sha256} of
   * each form. It is the SHA-256 of the bundled document as JSON in UTF-8, without white space, the
   * members of each object in order, and without {@code info.x-sha256}.
   */
  public static String sha256() {
    return CONTRACT.getProperty("sha256");
  }

  /** Returns a form of the document as JSON, in UTF-8. */
  public static URL specJson(Form form) {
    return resource("idc-v1" + form.suffix + ".json");
  }

  /** Returns a form of the document as YAML, in UTF-8. */
  public static URL specYaml(Form form) {
    return resource("idc-v1" + form.suffix + ".yaml");
  }

  /** Returns the bundled OpenAPI 3.0.3 document as JSON, in UTF-8. */
  public static URL specJson() {
    return specJson(Form.BUNDLED);
  }

  /** Returns the bundled OpenAPI 3.0.3 document as YAML, in UTF-8. */
  public static URL specYaml() {
    return specYaml(Form.BUNDLED);
  }

  /**
   * Returns the workflows in Arazzo 1.0.1, as YAML in UTF-8: how to get all pages of each kind of
   * result, also if its query is pending (202). They refer to the bundled spec as {@code
   * ./idc-v1.yaml}.
   */
  public static URL workflows() {
    return resource("idc-v1.arazzo.yaml");
  }

  /**
   * Returns a collection of all operations for Postman, version 2.1 of its format, as JSON in
   * UTF-8. Its variable {@code baseUrl} is a service on the local host, and {@code idToken} is
   * empty.
   */
  public static URL postmanCollection() {
    return resource("idc-v1.postman_collection.json");
  }

  /**
   * Returns a ZIP file with the folder of a collection of all operations for Bruno, with the same
   * variables as {@link #postmanCollection}.
   */
  public static URL brunoCollection() {
    return resource("idc-v1.bruno.zip");
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
   * accept it, a {@code /dicomMetadata} row has it); {@code description}; {@code example}, values
   * separated by {@code |}: one of a text, two of a number, the least first, any number of a list;
   * empty for a name without a column.
   */
  public static URL attributes() {
    return resource("attributes.csv");
  }

  /**
   * Returns the ten columns of a manifest: RFC 4180 CSV in UTF-8 with a header line.
   *
   * <p>Columns: {@code key} (the name in the request and in a row); {@code column} (the attribute
   * it shows); {@code prefix} (text in front of the attribute's value, mostly empty); {@code
   * format} of the text with its prefix, as OpenAPI has it ({@code uri}, or {@code crdc-guid},
   * which is our own; empty for any text); {@code description}. The order of the rows is the order
   * by which manifests are sorted.
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
