package io.github.idc4j.client.internal.json;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds and decodes JSON values in an array of bytes: strings, lists of strings, and null.
 *
 * <p>The methods that scan return the index after the scanned JSON. They return {@link #MORE} if
 * the bytes end too early, and {@link #UNKNOWN} for all other input, whether it is valid JSON or
 * not.
 */
final class Scanner {

  static final int MORE = -1;
  static final int UNKNOWN = -2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] data = {};
  private int limit;
  private @Nullable Object value;

  /** Sets the array to scan, and the index at which its bytes end. */
  void over(byte[] data, int limit) {
    this.data = data;
    this.limit = limit;
  }

  /** Returns the value that was decoded last: a string, a list of strings, or null. */
  @Nullable Object value() {
    return value;
  }

  byte at(int index) {
    return data[index];
  }

  /**
   * Returns the index of the first byte that is not whitespace; {@link #MORE} if there is no such
   * byte. Returns a negative index unchanged.
   */
  int skipWhitespace(int from) {
    if (from < 0) {
      return from;
    }
    for (int i = from; i < limit; i++) {
      switch (data[i]) {
        case ' ', '\n', '\r', '\t' -> {}
        default -> {
          return i;
        }
      }
    }
    return MORE;
  }

  /**
   * Decodes a string, a list of strings, or null.
   *
   * @param list whether a list is expected instead of a string
   */
  int decode(int start, boolean list) {
    if (start == limit) {
      return MORE;
    }
    return switch (data[start]) {
      case '"' -> list ? UNKNOWN : string(start);
      case '[' -> list ? list(start) : UNKNOWN;
      case 'n' -> literalNull(start);
      default -> UNKNOWN;
    };
  }

  private int literalNull(int start) {
    value = null;
    for (int i = 0; i < NULL.length; i++) {
      if (start + i == limit) {
        return MORE;
      }
      if (data[start + i] != NULL[i]) {
        return UNKNOWN;
      }
    }
    return start + NULL.length;
  }

  /** Decodes a string. The index is that of the opening quote. */
  int string(int start) {
    int end = quoteOrBackslash(start + 1);
    if (end < limit && data[end] == '"') {
      value = new String(data, start + 1, end - start - 1, StandardCharsets.UTF_8);
      return end + 1;
    }
    while (end < limit && data[end] == '\\') {
      end = quoteOrBackslash(end + 2);
    }
    return end < limit ? unescape(start, end + 1) : MORE;
  }

  /**
   * Decodes a string that contains backslashes. Moshi decodes it, because Moshi checks the escapes.
   */
  private int unescape(int start, int end) {
    try (JsonReader reader = JsonReader.of(new Buffer().write(data, start, end - start))) {
      value = reader.nextString();
      return end;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private int list(int start) {
    List<String> texts = new ArrayList<>();
    int i = skipWhitespace(start + 1);
    if (i >= 0 && data[i] == ']') {
      value = ImmutableList.copyOf(texts);
      return i + 1;
    }
    while (i >= 0) {
      if (data[i] != '"') {
        return UNKNOWN;
      }
      i = string(i);
      if (i < 0) {
        return i;
      }
      texts.add((String) value);
      i = skipWhitespace(i);
      if (i >= 0 && data[i] == ']') {
        value = ImmutableList.copyOf(texts);
        return i + 1;
      }
      if (i >= 0 && data[i] != ',') {
        return UNKNOWN;
      }
      i = skipWhitespace(i < 0 ? i : i + 1);
    }
    return i;
  }

  /**
   * Returns the index of the first quote or backslash. If there is neither, returns the limit or a
   * larger index.
   */
  private int quoteOrBackslash(int from) {
    int i = from;
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONGS.get(data, i);
      long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < limit && data[i] != '"' && data[i] != '\\') {
      i++;
    }
    return i;
  }

  /**
   * Returns a word whose lowest set bit is in the lowest zero byte of the given word; 0 if no byte
   * of the given word is zero.
   */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }
}
