package io.github.idc4j.cli.export;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Filter;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.Version;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A manifest whose rows are commands for the program s5cmd. The Python package idc-index accepts it
 * too. Immutable.
 *
 * @param level what a command downloads
 * @param cloud where it downloads from
 * @param directory the folder for the files, which s5cmd creates if necessary
 */
public record S5cmdManifest(Level level, Cloud cloud, String directory) {

  /** The only column, which contains the commands. */
  static final List<String> COLUMNS = List.of("command");

  private static final String GCS_ENDPOINT = "https://storage.googleapis.com";
  private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB");
  private static final Pattern GCS_URL = Pattern.compile("gs://(?<bucket>[^/]+)/(?<object>.+)");
  private static final Pattern SERIES_GUID = Pattern.compile("dg\\.4DFC/(?<uuid>[\\w-]+)");
  private static final Pattern DIRECTORY = Pattern.compile("[^,\"#\\p{Cntrl}]+");
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

  /** What a command downloads. */
  public enum Level {
    SERIES,
    INSTANCE
  }

  /** Where a command downloads from. */
  public enum Cloud {
    AWS,
    GCS
  }

  /**
   * Validates the folder.
   *
   * @throws IllegalArgumentException if the folder is empty, or has characters that idc-index
   *     cannot read
   */
  public S5cmdManifest {
    if (!DIRECTORY.matcher(directory).matches()) {
      throw new IllegalArgumentException(
          "--directory must be the name of a folder without commas, double quotes, # and line breaks,"
              + " which idc-index cannot read, but was '"
              + directory
              + "'.");
    }
  }

  /** Returns a description that is the same for the same manifest only. */
  public String description() {
    return "s5cmd manifest (%s, %s, to %s)".formatted(level, cloud, directory);
  }

  /** Returns the command that downloads the files of a manifest. Does not contact the cloud. */
  public String download(String manifest) {
    return "s5cmd --no-sign-request "
        + (cloud == Cloud.GCS ? "--endpoint-url " + GCS_ENDPOINT + " " : "")
        + "run "
        + quote(manifest);
  }

  /**
   * Requests the number of rows and the release, and returns the manifest of a selection.
   *
   * @param file name of the manifest, for the comments
   * @param size returns the size of the images of a selection in bytes, or empty
   * @throws UnusableDataException if the service does not have the columns or filters for such a
   *     manifest, or if series are in unknown buckets
   */
  public Result<ManifestRow> of(
      IdcClient client, Selection selection, String file, Function<Selection, OptionalLong> size) {
    List<Part<ManifestRow>> parts =
        level == Level.SERIES
            ? series(client, selection)
            : List.of(instances(selection.manifest(client, List.of(ManifestColumn.GCS_URL))));
    List<String> download = new ArrayList<>();
    size.apply(selection.withoutCohort(client))
        .ifPresent(bytes -> download.add("Size of the images: " + decimal(bytes)));
    download.add("To download the images, run: " + download(file));
    return new Result<>(
        parts, COLUMNS, comments(client, selection, parts, download), List.copyOf(download));
  }

  private List<String> comments(
      IdcClient client, Selection selection, List<Part<ManifestRow>> parts, List<String> download) {
    String release =
        client.versions().stream()
            .filter(version -> Boolean.TRUE.equals(version.active()))
            .map(Version::idcDataVersion)
            .findFirst()
            .orElse("unknown");
    List<String> comments = new ArrayList<>();
    comments.add("IDC manifest, written by idc4j on " + LocalDate.now(ZoneOffset.UTC));
    comments.add("Filters: " + selection.json());
    comments.add("Release: " + release);
    comments.add(
        (level == Level.SERIES ? "Series" : "Instances")
            + " in the selection: "
            + parts.stream().mapToLong(Part::count).sum());
    comments.addAll(download);
    return comments;
  }

  /** Returns a number of bytes in the largest unit that fits, such as 11.14 TB. */
  private static String decimal(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    return (unit == 0 ? "%.0f %s" : "%.2f %s").formatted(value, UNITS.get(unit));
  }

  /**
   * Returns one part for each bucket that has series. The columns of a manifest do not contain the
   * bucket of a series, but it can be a filter.
   */
  private List<Part<ManifestRow>> series(IdcClient client, Selection selection) {
    List<ManifestColumn> columns = List.of(ManifestColumn.CRDC_SERIES_GUID);
    Paged<ManifestRow> rows = selection.manifest(client, columns);
    long total = Part.count(rows);
    Selection filters = selection.withoutCohort(client);
    List<Part<ManifestRow>> parts = new ArrayList<>();
    for (Bucket bucket : Bucket.values()) {
      if (isSelected(bucket, filters)) {
        Filter inBucket = Attributes.GCS_BUCKET.anyOf(bucket.gcs());
        parts.add(inBucket(bucket, filters.with(inBucket).manifest(client, columns)));
      }
    }
    requireAll(total, parts.stream().mapToLong(Part::count).sum());
    parts.removeIf(part -> part.count() == 0);
    return parts.isEmpty()
        ? List.of(new Part<>(rows, row -> Map.of(), OptionalLong.of(0)))
        : List.copyOf(parts);
  }

  /** Returns whether the user's own filter on buckets, if there is one, includes a bucket. */
  private static boolean isSelected(Bucket bucket, Selection selection) {
    return selection
        .filter(Attributes.GCS_BUCKET.name())
        .map(filter -> filter.values().stream().anyMatch(value -> matches(bucket, value)))
        .orElse(true);
  }

  private static boolean matches(Bucket bucket, Object value) {
    String pattern =
        Stream.of(value.toString().split("%", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(bucket.gcs()).matches();
  }

  private Part<ManifestRow> inBucket(Bucket bucket, Paged<ManifestRow> rows) {
    try {
      return new Part<>(rows, row -> command(bucket, row), OptionalLong.of(Part.count(rows)));
    } catch (BadRequestException e) {
      throw new UnusableDataException(
          "the service refuses the filter gcs_bucket, which finds the bucket of a series: "
              + e.getMessage()
              + " Use data with this column. If the data has instances, --level instance needs no"
              + " filter.",
          e);
    }
  }

  private static void requireAll(long all, long found) {
    if (found < all) {
      throw new UnusableDataException(
          "%,d of %,d series are in buckets that idc4j does not know, or in no bucket. It knows %s. To export only these, add --where \"gcs_bucket = %s\"."
              .formatted(all - found, all, known(", "), known(",")));
    }
    if (found > all) {
      throw new UnusableDataException(
          "the service ignores the filter gcs_bucket, which finds the bucket of a series: %,d series match the filters, but %,d series match them in the known buckets."
              .formatted(all, found));
    }
  }

  private static String known(String separator) {
    return Stream.of(Bucket.values()).map(Bucket::gcs).collect(Collectors.joining(separator));
  }

  private Map<String, String> command(Bucket bucket, ManifestRow row) {
    String guid = String.valueOf(row.crdcSeriesGuid());
    Matcher uuid = SERIES_GUID.matcher(guid);
    if (!uuid.matches()) {
      throw new UnusableDataException(
          "the service returned the CRDC_Series_GUID " + guid + ", but it begins with dg.4DFC/.");
    }
    return copy("s3://" + bucket.in(cloud) + "/" + uuid.group("uuid") + "/*");
  }

  private Part<ManifestRow> instances(Paged<ManifestRow> rows) {
    try {
      return new Part<>(rows, this::command, OptionalLong.of(Part.count(rows)));
    } catch (BadRequestException e) {
      throw new UnusableDataException(
          e.getMessage() + " To download whole series, use --level series.", e);
    }
  }

  private Map<String, String> command(ManifestRow row) {
    String url = String.valueOf(row.gcsUrl());
    Matcher parts = GCS_URL.matcher(url);
    if (!parts.matches()) {
      throw new UnusableDataException(
          "the service returned the GCS_URL " + url + ", but it begins with gs:// and a bucket.");
    }
    String bucket = parts.group("bucket");
    if (cloud == Cloud.AWS) {
      bucket =
          Bucket.ofGcs(bucket)
              .map(known -> known.in(cloud))
              .orElseThrow(
                  () ->
                      new UnusableDataException(
                          "idc4j does not know the bucket of AWS for %s. It knows the buckets for %s. Use --cloud gcs."
                              .formatted(url, known(", "))));
    }
    return copy("s3://" + bucket + "/" + parts.group("object"));
  }

  private Map<String, String> copy(String url) {
    // Without the slash, s5cmd would give this name to the file of a single instance.
    String folder = directory.endsWith("/") || directory.equals(".") ? directory : directory + "/";
    return Map.of(COLUMNS.get(0), "cp " + url + " " + quote(folder));
  }

  /** Returns a word in the syntax of a shell, which s5cmd shares. */
  private static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
