package io.github.idc4j.cli.export;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.model.Attribute;
import io.github.idc4j.model.DataSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attribute that filters accept.
 *
 * @param name the name in filters
 * @param dataType the data type, such as Categorical String
 * @param units the unit of the values; null if they have none
 * @param description what the attribute means; null if the specification does not have the
 *     attribute
 * @param dataSource the table that contains the attribute
 * @param active whether filters can use the attribute
 */
public record FilterAttribute(
    String name,
    String dataType,
    String units,
    String description,
    String dataSource,
    Boolean active) {

  /** The name of a filter for a range. The list has eight of them for each numeric attribute. */
  private static final Pattern RANGE = Pattern.compile("(.+)_(?:lte?|gte?|e?btwe?)");

  /** Requests all attributes. */
  public static List<FilterAttribute> all(IdcClient client) {
    Map<String, String> descriptions = AttributeTable.descriptions();
    List<DataSource> sources = client.attributes();
    Set<String> names = new HashSet<>();
    sources.forEach(source -> source.attributes().forEach(each -> names.add(each.name())));
    List<FilterAttribute> all = new ArrayList<>();
    for (DataSource source : sources) {
      for (Attribute each : source.attributes()) {
        Matcher range = RANGE.matcher(each.name());
        if (!range.matches() || !names.contains(range.group(1))) {
          all.add(
              new FilterAttribute(
                  each.name(),
                  each.dataType(),
                  each.units(),
                  descriptions.get(each.name()),
                  source.dataSource(),
                  each.active()));
        }
      }
    }
    return all;
  }

  /**
   * Returns the attribute that a name stands for.
   *
   * @param name the name, which may be incomplete
   * @throws IllegalArgumentException if there is no such attribute
   */
  public static FilterAttribute named(String name, List<FilterAttribute> all) {
    String complete =
        new Names("filter attribute", all.stream().map(FilterAttribute::name).toList())
            .complete(name);
    return all.stream().filter(each -> each.name().equals(complete)).findFirst().orElseThrow();
  }
}
