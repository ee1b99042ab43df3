package io.github.idc4j.cli;

import io.github.idc4j.cli.export.FilterAttribute;
import io.github.idc4j.cli.export.Format;
import io.github.idc4j.cli.export.Lists;
import io.github.idc4j.cli.export.ValueCount;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the attributes that filters accept, or the values of one attribute. */
@Command(
    name = "attributes",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Lists the attributes that filters accept. With a name, describes this attribute, and lists"
            + " its most common values with their numbers of series.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  idc4j attributes --output csv -o attributes.csv",
      "  idc4j attributes BodyPartExamined --limit 5 --output table"
    })
final class AttributesCommand implements Callable<Integer> {

  private static final int STANDARD_LIMIT = 20;

  /** Selects the images without a value in filters. */
  private static final String NO_VALUE = "None";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "Attribute, such as Modality; the beginning is enough. The fields are then value and series,"
              + " and the default of --limit is "
              + STANDARD_LIMIT
              + ". A table also shows the description.")
  private String name;

  @Mixin private ListOptions listOptions;

  @Mixin private ConnectionOptions connectionOptions;

  @Override
  public Integer call() throws UserException {
    Format format = listOptions.format();
    connectionOptions.connect(
        spec.commandLine(),
        connection -> {
          List<FilterAttribute> all = FilterAttribute.all(connection.client());
          if (name == null) {
            listOptions.write(Lists.attributes(all), format, spec.commandLine());
          } else {
            describe(FilterAttribute.named(name, all), connection.baseUrl(), format);
          }
        });
    return 0;
  }

  private void describe(FilterAttribute attribute, URI baseUrl, Format format)
      throws IOException, UserException {
    AttributeCounts counts =
        AttributeCounts.of(baseUrl, attribute.name(), listOptions.limit(STANDARD_LIMIT));
    Optional<String> problem = counts.problem();
    if (format != Format.TABLE) {
      if (problem.isPresent()) {
        throw new UserException(ClientFailures.REFUSED, problem.get());
      }
      listOptions.write(Lists.values(counts.values()), format, spec.commandLine());
      return;
    }
    Lists.attributes(List.of(attribute)).writeDetails(spec.commandLine().getOut());
    spec.commandLine().getOut().println();
    if (problem.isPresent()) {
      spec.commandLine().getOut().println(problem.get());
    } else {
      List<ValueCount> values =
          counts.values().stream()
              .map(each -> each.value() == null ? new ValueCount(NO_VALUE, each.series()) : each)
              .toList();
      listOptions.write(Lists.values(values), format, spec.commandLine());
    }
  }
}
