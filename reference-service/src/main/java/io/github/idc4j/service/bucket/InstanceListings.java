package io.github.idc4j.service.bucket;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Lists the instances of series. Each series is listed once; the listing is kept in a file, which
 * later runs reuse. Safe for use by several threads.
 */
public final class InstanceListings implements AutoCloseable {

  /** The maximum number of series that are listed at the same time. */
  static final int CONCURRENCY = 8;

  private static final String FILE_TYPE = ".dcm";

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final ObjectLister lister;
  private final ListingFiles files;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(CONCURRENCY, InstanceListings::thread);

  /** The listings that have begun but not ended. */
  private final ConcurrentMap<Series, CompletableFuture<Void>> unfinished =
      new ConcurrentHashMap<>();

  /**
   * Creates an instance.
   *
   * @param lister lists the objects; {@link #close} closes it
   * @param folder the folder for the listings, which does not have to exist
   */
  public InstanceListings(ObjectLister lister, Path folder) {
    this.lister = lister;
    this.files = new ListingFiles(folder);
  }

  /**
   * Returns an instance that uses the provider on the class path.
   *
   * @param endpoint the base URL of the server that has the buckets; if empty, the public buckets
   * @param home the folder for data
   * @throws ListingException if there is no provider on the class path
   */
  public static InstanceListings open(Optional<URI> endpoint, Path home) throws ListingException {
    ObjectListerProvider provider =
        ServiceLoader.load(ObjectListerProvider.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new ListingException(
                        "The option --instances-from-bucket needs the module idc4j-bucket-listing,"
                            + " which is not on the class path. ./idc4j builds and adds the module"
                            + " if the option is on its command line."));
    // Another server can have other objects.
    String server =
        endpoint
            .map(url -> URLEncoder.encode(url.toString(), StandardCharsets.UTF_8))
            .orElse("public");
    return new InstanceListings(provider.open(endpoint), home.resolve("listings").resolve(server));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "idc4j-listing");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Lists series in the background, except those that have been listed before. After a series
   * fails, no further series is listed.
   *
   * @return completes when all series have been listed; fails with a {@link ListingException} if a
   *     series cannot be listed, or with another {@link IOException} if the listing cannot be
   *     written
   */
  public CompletableFuture<Void> prepare(List<Series> series) {
    List<Series> missing = series.stream().filter(one -> !files.contain(one)).toList();
    return missing.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : new Preparation(missing).start();
  }

  /**
   * Returns the instances {@code [from, to)} of a series, sorted by UUID.
   *
   * @throws IOException if the series has not been listed, or if the file cannot be read
   */
  public List<UUID> read(Series series, long from, long to) throws IOException {
    return files.read(series, from, to);
  }

  /** Stops all listings. Waiting callers receive an exception. */
  @Override
  public void close() {
    threads.shutdownNow();
    unfinished.values().forEach(listing -> listing.cancel(false));
    lister.close();
  }

  /**
   * Lists several series, a few at a time, so that several preparations take turns on the threads.
   */
  private final class Preparation {

    private final Queue<Series> waiting;
    private final AtomicInteger unlisted;
    private final CompletableFuture<Void> prepared = new CompletableFuture<>();

    private Preparation(List<Series> series) {
      this.waiting = new ConcurrentLinkedQueue<>(series);
      this.unlisted = new AtomicInteger(series.size());
    }

    private CompletableFuture<Void> start() {
      for (int i = 0; i < CONCURRENCY; i++) {
        listNext();
      }
      return prepared;
    }

    private void listNext() {
      Optional<Series> next = Optional.ofNullable(prepared.isDone() ? null : waiting.poll());
      next.ifPresent(
          series -> {
            var unused = list(series).whenComplete((nothing, failure) -> listed(failure));
          });
    }

    private void listed(Throwable failure) {
      if (failure != null) {
        prepared.completeExceptionally(failure);
      } else if (unlisted.decrementAndGet() == 0) {
        prepared.complete(null);
      } else {
        listNext();
      }
    }
  }

  /** Lists a series, unless another caller has begun to list it. */
  private CompletableFuture<Void> list(Series series) {
    return unfinished.computeIfAbsent(
        series,
        key -> {
          CompletableFuture<Void> listing = new CompletableFuture<>();
          try {
            threads.execute(() -> run(key, listing));
          } catch (RejectedExecutionException e) {
            // The service is stopping.
            listing.cancel(false);
          }
          return listing;
        });
  }

  private void run(Series series, CompletableFuture<Void> listing) {
    try {
      // Another caller may have listed the series in the meantime.
      if (!files.contain(series)) {
        write(series, instances(series));
      }
      unfinished.remove(series);
      listing.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      // Remove it first, so that the next call of prepare() lists the series again.
      unfinished.remove(series);
      listing.completeExceptionally(e);
    }
  }

  private void write(Series series, List<UUID> instances) throws IOException {
    try {
      files.write(series, instances);
    } catch (IOException e) {
      throw new IOException(
          "Cannot write the listing of the series %s: %s. Free disk space, or set IDC4J_HOME to a folder that the service can write to."
              .formatted(series.uuid(), e),
          e);
    }
  }

  private List<UUID> instances(Series series) throws ListingException {
    List<String> names;
    try {
      names = lister.list(series.bucket(), series.uuid() + "/");
    } catch (IOException e) {
      throw new ListingException(
          "Cannot list the instances of the series %s in the bucket %s: %s. Check the network and the option --bucket-endpoint, and send the request again."
              .formatted(series.uuid(), series.bucket(), e.getMessage()),
          e);
    }
    List<String> files = names.stream().filter(name -> name.endsWith(FILE_TYPE)).toList();
    if (files.size() != series.instanceCount()) {
      throw new ListingException(
          "The bucket %s has %,d instances of the series %s, but the index has %,d. If the index is not from the newest IDC release, use the newest one. Otherwise, send the request again later."
              .formatted(series.bucket(), files.size(), series.uuid(), series.instanceCount()));
    }
    List<UUID> instances = new ArrayList<>();
    for (String file : files) {
      instances.add(instance(series, file));
    }
    return instances;
  }

  private static UUID instance(Series series, String file) throws ListingException {
    String name = file.substring(0, file.length() - FILE_TYPE.length());
    if (!UUID_FORM.matcher(name).matches()) {
      throw new ListingException(
          "The bucket %s has the object %s/%s, whose name is not the UUID of an instance. If the index is not from the newest IDC release, use the newest one."
              .formatted(series.bucket(), series.uuid(), file));
    }
    return UUID.fromString(name);
  }
}
