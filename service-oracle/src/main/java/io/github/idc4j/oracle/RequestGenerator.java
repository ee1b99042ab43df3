package io.github.idc4j.oracle;

import io.github.idc4j.service.data.Attribute;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.ManifestColumn;
import io.github.idc4j.service.query.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws requests. Most values of a request come from the same image and patient, so that the
 * filters of many requests select something together.
 */
final class RequestGenerator {

  private static final int MAX_ATTRIBUTES = 4;
  private static final int MAX_VALUES = 3;
  private static final int MAX_COLUMNS = 3;

  private final Oracle oracle;
  private final Random random;

  /** The row of each table that most values come from, by table name. */
  private final Map<String, Integer> sources = new HashMap<>();

  RequestGenerator(Oracle oracle, Random random) {
    this.oracle = oracle;
    this.random = random;
  }

  Preview request() {
    return random.nextBoolean()
        ? new Preview(Family.MANIFEST, manifestColumns(), filters())
        : new Preview(Family.QUERY, fields(), filters());
  }

  private List<String> manifestColumns() {
    List<String> all =
        oracle.catalogue().manifestColumns().stream()
            .filter(column -> oracle.column(column.attribute()).isPresent())
            .map(ManifestColumn::key)
            .toList();
    List<String> drawn = some(all);
    return all.stream().filter(drawn::contains).toList();
  }

  private List<String> fields() {
    return some(
        oracle.catalogue().attributes().stream()
            .filter(Attribute::queryField)
            .filter(attribute -> oracle.column(attribute).isPresent())
            .map(Attribute::name)
            .toList());
  }

  private List<String> some(List<String> all) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, 1 + random.nextInt(Math.min(MAX_COLUMNS, shuffled.size())));
  }

  private Map<String, List<Object>> filters() {
    drawSources();
    Map<String, List<Object>> filters = new LinkedHashMap<>();
    int count = 1 + random.nextInt(MAX_ATTRIBUTES);
    while (filters.size() < count) {
      Attribute attribute = attribute();
      Column column = oracle.column(attribute).orElseThrow();
      Object value = column.value(column.rank(sources.get(attribute.table())));
      boolean isNumber = attribute.kind() == Attribute.Kind.NUMBER;
      String suffix = isNumber ? suffix() : "";
      if (oracle.isDeployed() && Rules.failedWhenDeployed(attribute, suffix)) {
        continue;
      }
      if (isNumber) {
        if (value == null && !oneIn(5)) {
          // No filter on numbers selects null.
          continue;
        }
        filters.put(attribute.name() + suffix, numbers(column, value, suffix));
      } else {
        filters.put(attribute.name(), texts(column, value));
      }
    }
    return filters;
  }

  /**
   * Draws an attribute: half of the time, an attribute of images. Draws {@code collection_id} more
   * often, because it has rules of its own.
   */
  private Attribute attribute() {
    if (oneIn(8)) {
      return oracle.catalogue().attribute("collection_id").orElseThrow();
    }
    String table = oneIn(2) ? Catalogue.PIVOT : oneOf(sources.keySet().stream().sorted().toList());
    return oneOf(
        oracle.catalogue().attributes().stream()
            .filter(Attribute::filter)
            .filter(attribute -> attribute.table().equals(table))
            .filter(attribute -> oracle.column(attribute).isPresent())
            .toList());
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  /**
   * Draws an image, and rows of its patient in the other tables. If the patient has none, sometimes
   * draws rows of another patient.
   */
  private void drawSources() {
    int image = random.nextInt(oracle.images());
    sources.clear();
    sources.put(Catalogue.PIVOT, image);
    for (String table : List.of("tcga_clinical_rel9", "tcga_biospecimen_rel9")) {
      if (!oracle.has(table)) {
        continue;
      }
      int[] rows = rows(table, image);
      if (rows.length > 0) {
        sources.put(table, rows[random.nextInt(rows.length)]);
      } else if (oneIn(4)) {
        sources.put(table, random.nextInt(oracle.patients(table).rows()));
      }
    }
  }

  /** Returns the rows of a table of patients that belong to the patient of an image. */
  private int[] rows(String table, int image) {
    Column patients = oracle.images("PatientID");
    Object patient = patients.value(patients.rank(image));
    Column barcodes = oracle.patients(table);
    return IntStream.range(0, barcodes.rows())
        .filter(row -> barcodes.value(barcodes.rank(row)).equals(patient))
        .toArray();
  }

  private String suffix() {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1, 2 -> oneOf(Rules.ONE_BOUND);
      default -> oneOf(Rules.TWO_BOUNDS);
    };
  }

  private List<Object> numbers(Column column, Object source, String suffix) {
    if (!Rules.TWO_BOUNDS.contains(suffix)) {
      return List.of(number(column, oneIn(10) ? any(column) : source));
    }
    // The source is one of the bounds, or between them.
    List<Double> numbers = new ArrayList<>();
    numbers.add(number(column, source));
    numbers.add(number(column, any(column)));
    numbers.add(number(column, any(column)));
    Collections.sort(numbers);
    return List.of(numbers.get(0), numbers.get(2));
  }

  /** Returns a number that is often a value of the column, so that it decides about a bound. */
  private Double number(Column column, Object source) {
    Object value = source == null ? any(column) : source;
    if (value == null) {
      return (double) random.nextInt(100);
    }
    double number = (Double) value;
    return switch (random.nextInt(10)) {
      case 0 -> number + 1;
      case 1 -> number - 1;
      case 2 -> Math.nextUp(number);
      case 3 -> number + 10 * random.nextGaussian();
      default -> number;
    };
  }

  private Object any(Column column) {
    return column.value(random.nextInt(column.size()));
  }

  private List<Object> texts(Column column, Object source) {
    List<Object> texts = new ArrayList<>();
    texts.add(text(oneIn(10) ? any(column) : source));
    if (oneIn(3)) {
      int count = 1 + random.nextInt(MAX_VALUES);
      while (texts.size() < count) {
        texts.add(text(oneIn(10) ? null : any(column)));
      }
    } else if (oneIn(oracle.isDeployed() ? 10 : 2) && !texts.get(0).equals("None")) {
      texts.set(0, pattern(texts.get(0).toString()));
    }
    Collections.shuffle(texts, random);
    return texts;
  }

  private String text(Object value) {
    if (value == null) {
      return "None";
    }
    String text = value.toString();
    return switch (random.nextInt(10)) {
      case 0, 1 -> text.toUpperCase(Locale.ROOT);
      case 2, 3 -> text.toLowerCase(Locale.ROOT);
      case 4 -> text.replace('_', '-');
      case 5 -> oneIn(2) ? text + "x" : text + "%";
      default -> text;
    };
  }

  /** Replaces parts of a text with percent signs, and sometimes a character with an underscore. */
  private String pattern(String text) {
    int[] all = text.codePoints().toArray();
    if (all.length > 0 && oneIn(6)) {
      all[random.nextInt(all.length)] = '_';
    }
    int from = random.nextInt(all.length + 1);
    int to = from + random.nextInt(all.length + 1 - from);
    String before = new String(all, 0, from);
    String middle = new String(all, from, to - from);
    String after = new String(all, to, all.length - to);
    return switch (random.nextInt(6)) {
      case 0 -> before + "%";
      case 1 -> "%" + after;
      case 2 -> "%" + middle + "%";
      case 3 -> before + "%" + after;
      case 4 -> before + "%" + middle + "%" + after;
      default -> before + "%" + middle;
    };
  }
}
