package io.github.idc4j.service.http;

import io.github.idc4j.service.result.Result;
import io.undertow.io.BufferWritableOutputStream;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * The rows of a page, as a JSON array. The rows are passed to the response as they are stored, many
 * at once: they are not parsed, and not all of them are in memory.
 */
record RowArray(Result.Rows rows) implements JacksonSerializable {

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    json.writeStartArray();
    json.flush();
    try {
      rows.write(((BufferWritableOutputStream) json.streamWriteOutputTarget())::write);
    } catch (IOException e) {
      throw JacksonIOException.construct(e, json);
    }
    json.writeEndArray();
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializationContext context, TypeSerializer type) {
    serialize(json, context);
  }
}
