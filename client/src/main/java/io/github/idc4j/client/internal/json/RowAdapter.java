package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows whose columns have strings or lists of strings as values. Keeps unknown
 * members.
 *
 * <p>Rows are sorted, so most strings are the same as in the previous row. Such strings share one
 * instance.
 */
public abstract class RowAdapter<T> extends JsonAdapter<T> {

  private final List<String> names;
  private final Columns columns;
  private final JsonReader.Options options;
  private final JsonAdapter<List<String>> lists;

  /**
   * Creates an adapter.
   *
   * @param names the names of all columns
   * @param listNames the names of the columns whose values are lists
   */
  protected RowAdapter(Moshi moshi, List<String> names, Set<String> listNames) {
    this.names = names;
    columns = Columns.of(names, listNames);
    options = JsonReader.Options.of(names.toArray(String[]::new));
    lists = moshi.adapter(Types.newParameterizedType(List.class, String.class));
  }

  /** Creates a row from values, which are in the order of the names. */
  protected abstract T row(Values values);

  /** Returns the values of a row, in the order of the names. */
  protected abstract @Nullable Object[] values(T row);

  /** Returns the unknown members of a row. */
  protected abstract Map<String, @Nullable Object> other(T row);

  @Override
  public final T fromJson(JsonReader reader) throws IOException {
    Row row = RowReader.read(reader, columns);
    return row(row == null ? decode(reader) : new Values(row.values(), Map.of()));
  }

  private Values decode(JsonReader reader) throws IOException {
    LatestTexts latest = LatestTexts.of(reader, columns);
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    Map<String, @Nullable Object> other = new LinkedHashMap<>(0);
    reader.beginObject();
    while (reader.hasNext()) {
      int index = reader.selectName(options);
      if (index < 0) {
        other.put(reader.nextName(), reader.readJsonValue());
      } else if (columns.isList(index)) {
        values[index] = lists.fromJson(reader);
      } else {
        values[index] = latest.read(index, reader);
      }
    }
    reader.endObject();
    return new Values(values, other);
  }

  @Override
  public final void toJson(JsonWriter writer, T row) throws IOException {
    writer.beginObject();
    @Nullable Object[] values = values(row);
    for (int i = 0; i < values.length; i++) {
      writer.name(names.get(i)).jsonValue(values[i]);
    }
    for (Map.Entry<String, @Nullable Object> member : other(row).entrySet()) {
      writer.name(member.getKey()).jsonValue(member.getValue());
    }
    writer.endObject();
  }
}
