package io.github.idc4j.cli;

import io.github.idc4j.cli.export.Conditions;
import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.S5cmdManifest;
import io.github.idc4j.client.ManifestColumn;
import io.github.idc4j.model.QueryField;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The values of options that a shell can complete. */
final class Candidates {

  /** The modalities of IDC release 25. */
  private static final List<String> MODALITIES =
      List.of(
          "ANN",
          "CR",
          "CT",
          "DX",
          "FUSION",
          "KO",
          "M3D",
          "MG",
          "MR",
          "NM",
          "OT",
          "PR",
          "PT",
          "REG",
          "RF",
          "RTDOSE",
          "RTPLAN",
          "RTSTRUCT",
          "RWV",
          "SEG",
          "SM",
          "SR",
          "US",
          "XA",
          "XC");

  private Candidates() {}

  private static Iterator<String> lowerCase(Enum<?>[] constants) {
    return Arrays.stream(constants).map(value -> value.name().toLowerCase(Locale.ROOT)).iterator();
  }

  /** The names of the formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return lowerCase(Format.values());
    }
  }

  /** What a command of an s5cmd manifest can download. */
  static final class Levels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return lowerCase(S5cmdManifest.Level.values());
    }
  }

  /** Where a command of an s5cmd manifest can download from. */
  static final class Clouds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return lowerCase(S5cmdManifest.Cloud.values());
    }
  }

  /** The shells that have a completion script. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return lowerCase(CompletionCommand.Shell.values());
    }
  }

  /** The columns of manifests. */
  static final class ManifestColumns implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(ManifestColumn.values()).map(ManifestColumn::key).iterator();
    }
  }

  /** The fields of queries. */
  static final class QueryFields implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(QueryField.values()).map(QueryField::toString).iterator();
    }
  }

  /** The attributes that a condition can begin with. */
  static final class FilterAttributes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Conditions.attributes().iterator();
    }
  }

  /** Modalities. An option also accepts other values. */
  static final class Modalities implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MODALITIES.iterator();
    }
  }
}
