package io.github.idc4j.cli.export;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.QueryRow;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.client.paging.Progress;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.ModelAdapters;
import io.github.idc4j.model.QueryField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A result whose rows can be exported. Immutable.
 *
 * @param parts the rows, in the order of the output; at least one part
 * @param columns the names of the columns, in the order of the output
 * @param comments lines about the result, for formats with comments
 * @param hints notes for the user after an export
 */
public record Result<T>(
    List<Part<T>> parts, List<String> columns, List<String> comments, List<String> hints) {

  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();

  private static final Names MANIFEST_COLUMNS =
      new Names("manifest column", byName(ManifestColumn.values(), ManifestColumn::key).keySet());

  private static final Names QUERY_FIELDS =
      new Names("query field", byName(QueryField.values(), QueryField::toString).keySet());

  /** Returns a result that one walk fetches. */
  static <T> Result<T> of(
      Paged<T> rows, List<String> columns, Function<T, ? extends Map<String, ?>> values) {
    return new Result<>(
        List.of(new Part<>(rows, values, OptionalLong.empty())), columns, List.of(), List.of());
  }

  /**
   * Returns the manifest of a selection.
   *
   * @param names the columns, which may be incomplete
   * @throws IllegalArgumentException if a column does not exist
   */
  public static Result<ManifestRow> manifest(
      IdcClient client, Selection selection, List<String> names) {
    List<String> columns = complete(MANIFEST_COLUMNS, names);
    Map<String, ManifestColumn> known = byName(ManifestColumn.values(), ManifestColumn::key);
    return Result.of(
        selection.manifest(client, columns.stream().map(known::get).toList()),
        columns,
        members(ManifestRow.class));
  }

  /**
   * Returns a query of a selection.
   *
   * @param names the fields, which may be incomplete
   * @throws IllegalArgumentException if a field does not exist
   */
  public static Result<QueryRow> query(IdcClient client, Selection selection, List<String> names) {
    List<String> fields = complete(QUERY_FIELDS, names);
    Map<String, QueryField> known = byName(QueryField.values(), QueryField::toString);
    return Result.of(
        selection.query(client, fields.stream().map(known::get).toList()), fields, QueryRow::asMap);
  }

  /** Returns the metadata of all instances. */
  public static Result<DicomMetadataRow> metadata(IdcClient client) {
    return Result.of(client.dicomMetadata(), metadataColumns(), members(DicomMetadataRow.class));
  }

  /** Returns the same result with a listener for the progress of each walk. */
  public Result<T> onProgress(Consumer<Progress> listener) {
    if (parts.size() == 1) {
      return withListeners(part -> listener);
    }
    PartProgress progress =
        new PartProgress(listener, parts.stream().mapToLong(Part::count).toArray());
    return withListeners(part -> event -> progress.accept(part, event));
  }

  private Result<T> withListeners(IntFunction<Consumer<Progress>> listeners) {
    return new Result<>(
        IntStream.range(0, parts.size())
            .mapToObj(
                index -> {
                  Part<T> part = parts.get(index);
                  return new Part<>(
                      part.rows().onProgress(listeners.apply(index)), part.values(), part.total());
                })
            .toList(),
        columns,
        comments,
        hints);
  }

  /**
   * Requests the SQL of the query.
   *
   * @throws IllegalArgumentException if the service does not return it
   */
  public String sql() {
    return parts
        .get(0)
        .rows()
        .sql()
        .orElseThrow(
            () ->
                new IllegalArgumentException("The service does not return the SQL. Remove --sql."));
  }

  private static List<String> complete(Names known, List<String> names) {
    Set<String> complete = new LinkedHashSet<>();
    names.forEach(name -> complete.add(known.complete(name)));
    return List.copyOf(complete);
  }

  private static <C> Map<String, C> byName(C[] constants, Function<C, String> name) {
    return new TreeMap<>(
        Arrays.stream(constants).collect(Collectors.toMap(name, Function.identity())));
  }

  /** Returns the columns of the metadata: the members of a row without values. */
  private static List<String> metadataColumns() {
    try {
      DicomMetadataRow empty = MOSHI.adapter(DicomMetadataRow.class).fromJson("{}");
      return List.copyOf(members(DicomMetadataRow.class).apply(empty).keySet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a function that returns the values of a row by the names that the API gives them. */
  @SuppressWarnings("unchecked") // The JSON of a row is an object.
  private static <T> Function<T, Map<String, ?>> members(Class<T> type) {
    JsonAdapter<T> adapter = MOSHI.adapter(type).serializeNulls();
    return row -> (Map<String, ?>) adapter.toJsonValue(row);
  }
}
