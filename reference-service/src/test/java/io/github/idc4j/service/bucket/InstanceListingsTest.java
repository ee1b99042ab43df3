package io.github.idc4j.service.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests listings of a bucket that is a folder with files. */
@Timeout(120)
class InstanceListingsTest {

  private static final String BUCKET = "bucket";
  private static final long SEED = new Random().nextLong();

  private final Random random = new Random(SEED);
  private final FolderLister lister = new FolderLister();

  @TempDir Path folder;

  private InstanceListings listings;

  /** Lists the files in folders. */
  private final class FolderLister implements ObjectLister {

    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public List<String> list(String bucket, String prefix) throws IOException {
      calls.add(prefix);
      try (Stream<Path> files = Files.list(folder.resolve(bucket).resolve(prefix))) {
        gate.await();
        return files.map(file -> file.getFileName().toString()).toList();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      calls.add("closed");
    }
  }

  @BeforeEach
  void open() {
    listings = new InstanceListings(lister, folder.resolve("listings"));
  }

  @AfterEach
  void close() {
    listings.close();
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Writes a series with instances. */
  private Series series(List<UUID> instances) throws IOException {
    Series series = new Series(BUCKET, uuid(), instances.size());
    Files.createDirectories(folderOf(series));
    for (UUID instance : instances) {
      Files.createFile(folderOf(series).resolve(instance + ".dcm"));
    }
    return series;
  }

  private Series series(int instances) throws IOException {
    return series(Stream.generate(this::uuid).limit(instances).toList());
  }

  private Path folderOf(Series series) {
    return folder.resolve(series.bucket()).resolve(series.uuid().toString());
  }

  private void prepare(Series... series) throws InterruptedException, ExecutionException {
    listings.prepare(List.of(series)).get();
  }

  private Path listing(Series series) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("listings"))) {
      return files.filter(file -> file.endsWith(series.uuid().toString())).findAny().orElseThrow();
    }
  }

  @Test
  void instancesAreSortedLikeText() throws ExecutionException, IOException, InterruptedException {
    List<UUID> instances = Stream.generate(this::uuid).limit(300).toList();
    Series series = series(instances);

    prepare(series);

    List<String> sorted = instances.stream().map(UUID::toString).sorted().toList();
    assertThat(listings.read(series, 0, 300))
        .as("seed %d", SEED)
        .map(UUID::toString)
        .isEqualTo(sorted);
    assertThat(listings.read(series, 7, 20)).map(UUID::toString).isEqualTo(sorted.subList(7, 20));
    assertThat(listings.read(series, 300, 300)).isEmpty();
  }

  @Test
  void aSeriesIsListedOnce() throws ExecutionException, IOException, InterruptedException {
    Series first = series(3);
    Series second = series(2);
    prepare(first);
    prepare(first, second);
    InstanceListings reopened = new InstanceListings(lister, folder.resolve("listings"));

    reopened.prepare(List.of(first, second)).get();

    assertThat(lister.calls).containsExactly(first.uuid() + "/", second.uuid() + "/");
    assertThat(Files.size(listing(first))).isEqualTo(3 * 16 + 8);
    reopened.close();
  }

  @Test
  void aSeriesIsListedOnceForSimultaneousCallers()
      throws ExecutionException, IOException, InterruptedException {
    Series series = series(3);
    lister.gate = new CountDownLatch(1);

    CompletableFuture<Void> one = listings.prepare(List.of(series));
    CompletableFuture<Void> other = listings.prepare(Collections.nCopies(20, series));
    lister.gate.countDown();
    one.get();
    other.get();

    assertThat(lister.calls).hasSize(1);
  }

  @Test
  void aSeriesThatHasBeenListedDoesNotWaitForOthers()
      throws ExecutionException, IOException, InterruptedException {
    Series listed = series(1);
    prepare(listed);
    lister.gate = new CountDownLatch(1);
    List<Series> others = new ArrayList<>();
    for (int i = 0; i < InstanceListings.CONCURRENCY; i++) {
      others.add(series(1));
    }
    CompletableFuture<Void> waiting = listings.prepare(others);

    assertThat(listings.prepare(List.of(listed))).isCompleted();
    assertThat(waiting).isNotCompleted();
    lister.gate.countDown();
    waiting.get();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void aDamagedFileIsReplaced(int change)
      throws ExecutionException, IOException, InterruptedException {
    Series series = series(2);
    prepare(series);
    List<UUID> instances = listings.read(series, 0, 2);
    byte[] bytes = Files.readAllBytes(listing(series));
    bytes[5]++;
    byte[] damaged = new byte[bytes.length + change];
    System.arraycopy(bytes, 0, damaged, 0, Math.min(bytes.length, damaged.length));
    Files.write(listing(series), damaged);

    prepare(series);
    prepare(series);

    assertThat(lister.calls).hasSize(2);
    assertThat(listings.read(series, 0, 2)).isEqualTo(instances);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 39})
  void whatAKilledProcessLeftIsCompletedByTheNextListing(int length)
      throws ExecutionException, IOException, InterruptedException {
    Series series = series(2);
    prepare(series);
    Path file = listing(series);
    byte[] complete = Files.readAllBytes(file);
    // A process that is killed while it writes leaves the beginning of the file.
    Files.write(file, Arrays.copyOf(complete, length));
    listings.close();
    listings = new InstanceListings(lister, folder.resolve("listings"));

    prepare(series);

    assertThat(file).hasBinaryContent(complete);
    assertThat(files()).containsExactly(file);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("listings"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aFileStaysReadableWhileOtherProcessesWriteIt()
      throws ExecutionException, IOException, InterruptedException {
    List<UUID> instances = Stream.generate(this::uuid).limit(20_000).toList();
    Series series = series(List.of());
    Series large = new Series(BUCKET, series.uuid(), instances.size());
    ListingFiles reading = new ListingFiles(folder.resolve("listings"));
    reading.write(large, instances);
    AtomicBoolean written = new AtomicBoolean();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 50; i++) {
                  new ListingFiles(folder.resolve("listings")).write(large, instances);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                written.set(true);
              }
            });

    List<UUID> last = reading.read(large, 19_999, 20_000);
    while (!written.get()) {
      assertThat(reading.contain(large)).isTrue();
      assertThat(reading.read(large, 19_999, 20_000)).isEqualTo(last);
    }

    writing.get();
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFailedListingIsNotKept() throws ExecutionException, IOException, InterruptedException {
    Series series = series(2);
    Path additional = Files.createFile(folderOf(series).resolve(uuid() + ".dcm"));
    Files.createFile(folderOf(series).resolve("readme.txt"));

    assertThatThrownBy(() -> prepare(series))
        .cause()
        .isInstanceOf(ListingException.class)
        .hasMessageStartingWith(
            "The bucket bucket has 3 instances of the series %s, but the index has 2."
                .formatted(series.uuid()));
    assertThat(folder.resolve("listings")).doesNotExist();
    Files.delete(additional);
    prepare(series);

    assertThat(listings.read(series, 0, 2)).hasSize(2);
  }

  @Test
  void aNameThatIsNotAUuidIsAnError() throws IOException {
    Series series = series(0);
    Files.createFile(folderOf(series).resolve("1.dcm"));

    assertThatThrownBy(() -> prepare(new Series(BUCKET, series.uuid(), 1)))
        .cause()
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("has the object " + series.uuid() + "/1.dcm, whose name");
  }

  @Test
  void afterAFailureNoFurtherSeriesIsListed()
      throws ExecutionException, IOException, InterruptedException {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      series.add(new Series(BUCKET, uuid(), 1));
    }

    assertThatThrownBy(() -> prepare(series.toArray(Series[]::new)))
        .cause()
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("in the bucket bucket: ");

    Series good = series(1);
    prepare(good);
    assertThat(lister.calls)
        .hasSizeLessThanOrEqualTo(InstanceListings.CONCURRENCY + 1)
        .contains(good.uuid() + "/");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNotAFailureOfTheBucket() throws IOException {
    Series series = series(1);
    Files.createFile(folder.resolve("listings"));

    assertThatThrownBy(() -> prepare(series))
        .cause()
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ListingException.class)
        .hasMessageContaining("Cannot write the listing of the series " + series.uuid());
  }

  @Test
  void closingReleasesWaitingCallers() throws IOException {
    Series series = series(1);
    lister.gate = new CountDownLatch(1);
    CompletableFuture<Void> waiting = listings.prepare(List.of(series));

    listings.close();

    assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
        .isInstanceOfAny(ExecutionException.class, CancellationException.class);
    assertThat(lister.calls).contains("closed");
  }
}
