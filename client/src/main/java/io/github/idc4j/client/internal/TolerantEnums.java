package io.github.idc4j.client.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an unknown constant of a model's enum as null, where Moshi's own adapter would throw. */
final class TolerantEnums implements JsonAdapter.Factory {

  @Override
  public @Nullable JsonAdapter<?> create(
      Type type, Set<? extends Annotation> annotations, Moshi moshi) {
    Class<?> raw = Types.getRawType(type);
    return raw.isEnum() && annotations.isEmpty() ? new Adapter(raw.getEnumConstants()) : null;
  }

  private static final class Adapter extends JsonAdapter<Object> {

    /** The text of a model's constant is its {@code toString}. */
    private final Map<String, Object> constants;

    Adapter(Object[] constants) {
      this.constants =
          Arrays.stream(constants).collect(Collectors.toMap(Object::toString, Function.identity()));
    }

    @Override
    public @Nullable Object fromJson(JsonReader reader) throws IOException {
      return reader.peek() == JsonReader.Token.NULL
          ? reader.nextNull()
          : constants.get(reader.nextString());
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable Object constant) throws IOException {
      writer.value(constant == null ? null : constant.toString());
    }
  }
}
