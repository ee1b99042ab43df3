package io.github.idc4j.service.http;

import io.github.idc4j.service.result.PageRows;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * The rows of a page, as a JSON array. Only an empty array is serialized. Its {@link Gap} says
 * where the rows belong, so that they can be written without parsing them and without holding all
 * of them in memory.
 */
record RowArray(PageRows rows) implements JacksonSerializable {

  /** The place of the rows in the JSON. */
  static final class Gap {

    private Optional<PageRows> rows = Optional.empty();
    private int position;

    /** Returns the rows; empty if the JSON has no rows. */
    Optional<PageRows> rows() {
      return rows;
    }

    /** Returns the number of bytes before the rows. */
    int position() {
      return position;
    }
  }

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    json.writeStartArray();
    json.flush();
    Gap gap = (Gap) context.getAttribute(Gap.class);
    gap.rows = Optional.of(rows);
    gap.position = ((ByteArrayOutputStream) json.streamWriteOutputTarget()).size();
    json.writeEndArray();
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializationContext context, TypeSerializer type) {
    serialize(json, context);
  }
}
