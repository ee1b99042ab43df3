package io.github.idc4j.client.codegen;

import io.github.idc4j.openapi.IdcOpenApi;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Generates the client's constants: attributes, manifest columns, and the version of the contract.
 */
public final class CatalogueCodegen {

  private CatalogueCodegen() {}

  /**
   * Writes the source files.
   *
   * @param args one value: the folder for generated sources
   */
  public static void main(String[] args) throws IOException {
    Path client = Path.of(args[0], "io", "github", "idc4j", "client");
    write(client.resolve("ManifestColumn.java"), manifestColumn());
    write(client.resolve("Contract.java"), contract());
    write(client.resolve("filter").resolve("Attributes.java"), attributes());
  }

  private static void write(Path file, String source) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
  }

  static String manifestColumn() throws IOException {
    String constants =
        rows(IdcOpenApi.manifestColumns()).stream()
            .map(
                row ->
                    "  /** "
                        + Javadoc.of(row.get("description"))
                        + ". */\n  "
                        + Names.constant(row.get("key"))
                        + "(\""
                        + row.get("key")
                        + "\")")
            .collect(Collectors.joining(",\n", "", ";\n"));
    return """
    package io.github.idc4j.client;

    /**
     * A column of a manifest. Rows are sorted by one column only: of the chosen columns, the one
     * that comes last in the list of constants.
     */
    public enum ManifestColumn {
    %s
      private final String key;

      ManifestColumn(String key) {
        this.key = key;
      }

      /** Returns the name of the column in requests and responses. */
      public String key() {
        return key;
      }
    }
    """
        .formatted(constants);
  }

  private static String contract() {
    return """
    package io.github.idc4j.client;

    /**
     * Identifies the OpenAPI document from which this client was generated.
     *
     * <p>If two programs or conformance reports show the same digest, they use the same contract.
     */
    public final class Contract {

      private Contract() {}

      /** Returns {@code info.version} in the OpenAPI document, for example {@code 1.0.0}. */
      public static String version() {
        return "%s";
      }

      /**
       * Returns {@code info.x-sha256} in the OpenAPI document: a digest of 64 hexadecimal digits,
       * which changes whenever the contract changes.
       */
      public static String sha256() {
        return "%s";
      }
    }
    """
        .formatted(IdcOpenApi.version(), IdcOpenApi.sha256());
  }

  static String attributes() throws IOException {
    String constants =
        rows(IdcOpenApi.attributes()).stream()
            .filter(row -> row.get("filter").equals("yes"))
            .map(CatalogueCodegen::attribute)
            .collect(Collectors.joining("\n"));
    return """
    package io.github.idc4j.client.filter;

    /**
     * The attributes that you can use in filters of cohorts. The data type of each attribute is its
     * {@code data_type} in the response of {@code GET /attributes}.
     *
     * <p>If there is no constant for an attribute, use {@code new TextAttribute("Name")} or
     * {@code new NumberAttribute("Name")}.
     */
    public final class Attributes {

    %s
      private Attributes() {}
    }
    """
        .formatted(constants);
  }

  private static String attribute(CSVRecord row) {
    String type = row.get("value_type").equals("number") ? "NumberAttribute" : "TextAttribute";
    String units = row.get("units").isEmpty() ? "" : ", in " + row.get("units");
    return "  /** "
        + Javadoc.of(row.get("description") + units)
        + ". Data type: "
        + row.get("data_type")
        + ". */\n  public static final "
        + type
        + " "
        + Names.constant(row.get("name"))
        + " = new "
        + type
        + "(\""
        + row.get("name")
        + "\");\n";
  }

  private static List<CSVRecord> rows(URL url) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
      return format.parse(reader).getRecords();
    }
  }
}
