package io.github.idc4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import okio.GzipSink;
import okio.GzipSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares {@link ModelAdapters#reader} with Moshi's own reader on random pages, many of which are
 * damaged. Both readers must return the same rows or the same exception, report the same JSON path,
 * and leave the same bytes unread.
 *
 * <p>{@code -Didc4j.pages.fuzz=100000} sets the number of pages, and {@code -Didc4j.seed} sets the
 * first seed.
 */
@Tag("slow")
class PagesFuzzTest {

  private static final int PAGES = Integer.getInteger("idc4j.pages.fuzz", 5000);
  private static final long SEED = Long.getLong("idc4j.seed", System.nanoTime());
  private static final List<RandomPage.Family> FAMILIES = List.of(RandomPage.Family.values());
  private static final Moshi MOSHI = new Moshi.Builder().add(new ModelAdapters()).build();

  /** The outcome of decoding a page. */
  private record Outcome(@Nullable Object result, String path, ByteString unread) {}

  @Test
  void bothReadersAgree() throws IOException {
    System.out.printf("PagesFuzzTest: %d pages from seed %d%n", PAGES, SEED);
    int decoded = 0;
    for (long seed = SEED; seed < SEED + PAGES; seed++) {
      Random random = new Random(seed);
      RandomPage.Family family = FAMILIES.get(random.nextInt(FAMILIES.size()));
      byte[] page = new RandomPage(random, family, random.nextBoolean()).bytes();
      if (random.nextInt(3) > 0) {
        page = RandomPage.damaged(random, page);
      }
      Supplier<BufferedSource> sources = sources(random, page);
      BufferedSource source = sources.get();
      Outcome expected = decode(family, JsonReader.of(source), source);
      source = sources.get();
      Outcome found = decode(family, ModelAdapters.reader(source), source);
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
      decoded += found.path().equals("$") ? 1 : 0;
    }
    assertThat(decoded).isBetween(PAGES / 4, PAGES * 3 / 4);
  }

  private static Outcome decode(RandomPage.Family family, JsonReader reader, BufferedSource source)
      throws IOException {
    JsonAdapter<?> adapter = MOSHI.adapter(family.model());
    Object result;
    try {
      result = adapter.fromJson(reader);
    } catch (IOException | JsonDataException e) {
      result = e.toString();
    }
    return new Outcome(result, reader.getPath(), source.readByteString());
  }

  /** Returns a supplier of sources. All sources return the same bytes in the same chunks. */
  private static Supplier<BufferedSource> sources(Random random, byte[] page) throws IOException {
    long seed = random.nextLong();
    int largest = new int[] {1, 3, 50, 1000, 20_000}[random.nextInt(5)];
    boolean gzip = random.nextInt(4) == 0;
    ByteString bytes = gzip ? gzip(page) : ByteString.of(page);
    return () -> {
      Source chunks = new Chunks(new Random(seed), largest, bytes);
      return Okio.buffer(gzip ? new GzipSource(chunks) : chunks);
    };
  }

  private static ByteString gzip(byte[] page) throws IOException {
    Buffer zipped = new Buffer();
    try (GzipSink sink = new GzipSink(zipped)) {
      sink.write(new Buffer().write(page), page.length);
    }
    return zipped.readByteString();
  }

  /** A source that returns a random number of bytes at a time, sometimes in a separate segment. */
  private static final class Chunks implements Source {

    private final Random random;
    private final int largest;
    private final Buffer bytes = new Buffer();

    Chunks(Random random, int largest, ByteString bytes) {
      this.random = random;
      this.largest = largest;
      this.bytes.write(bytes);
    }

    @Override
    public long read(Buffer sink, long byteCount) {
      if (bytes.exhausted()) {
        return -1;
      }
      long count = Math.min(Math.min(byteCount, bytes.size()), 1 + random.nextInt(largest));
      Buffer chunk = new Buffer();
      chunk.write(bytes, count);
      if (random.nextBoolean()) {
        chunk = chunk.clone();
      }
      sink.write(chunk, count);
      return count;
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
