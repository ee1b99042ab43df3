import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.model.QueryField;
import java.util.stream.Collectors;

/** Counts the series of a query by modality. The client fetches all pages automatically. */
class WholeWalk {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      var cohort = CohortDefinition.of(Attributes.COLLECTION_ID.anyOf("tcga_luad", "tcga_read"));
      try (var rows =
          client
              .previewQuery(cohort, QueryField.MODALITY, QueryField.SERIES_INSTANCE_UID)
              .prefetch(1)
              .stream()) {
        rows.collect(
                Collectors.groupingBy(
                    row -> row.text(QueryField.MODALITY).orElse("none"), Collectors.counting()))
            .forEach((modality, series) -> System.out.println(modality + " " + series));
      }
    }
  }
}
