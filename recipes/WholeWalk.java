import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.filter.Attributes;
import io.github.idc4j.client.filter.Bounds;
import io.github.idc4j.model.QueryField;
import java.util.stream.Collectors;

/** Counts the images of a query by modality. The client fetches all pages automatically. */
class WholeWalk {
  public static void main(String[] args) {
    try (IdcClient client = IdcClient.builder().baseUrl(args[0]).build()) {
      var cohort =
          CohortDefinition.of(
              Attributes.COLLECTION_ID.anyOf("tcga_luad", "tcga_read"),
              Attributes.AGE_AT_DIAGNOSIS.between(40, 70, Bounds.CLOSED_OPEN));
      try (var rows =
          client
              .previewQuery(cohort, QueryField.MODALITY, QueryField.SOP_INSTANCE_UID)
              .prefetch(1)
              .stream()) {
        rows.collect(
                Collectors.groupingBy(
                    row -> row.text(QueryField.MODALITY).orElse("none"), Collectors.counting()))
            .forEach((modality, images) -> System.out.println(modality + " " + images));
      }
    }
  }
}
