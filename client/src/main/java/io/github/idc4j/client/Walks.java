package io.github.idc4j.client;

import io.github.idc4j.api.DicomMetadataApi;
import io.github.idc4j.api.ManifestApi;
import io.github.idc4j.api.QueryApi;
import io.github.idc4j.client.internal.Contents;
import io.github.idc4j.client.internal.Family;
import io.github.idc4j.client.internal.Transport;
import io.github.idc4j.client.paging.PageToken;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.BooleanLiteral;
import io.github.idc4j.model.CohortQueryRequest;
import io.github.idc4j.model.CohortRequest;
import io.github.idc4j.model.DicomMetadataPage;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.Filters;
import io.github.idc4j.model.ManifestAccepted;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryAccepted;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.QueryFields;
import io.github.idc4j.model.QueryPage;
import io.github.idc4j.model.QueryPreviewRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The walks of the three families. A first page is read like all others: its cohort is skipped. */
final class Walks {

  private final Transport transport;
  private final ManifestApi manifests;
  private final QueryApi queries;
  private final DicomMetadataApi dicomMetadata;
  private final int pageSize;

  Walks(
      Transport transport,
      ManifestApi manifests,
      QueryApi queries,
      DicomMetadataApi dicomMetadata,
      int pageSize) {
    this.transport = transport;
    this.manifests = manifests;
    this.queries = queries;
    this.dicomMetadata = dicomMetadata;
    this.pageSize = pageSize;
  }

  Paged<ManifestRow> previewManifest(CohortDefinition cohort, Set<ManifestColumn> columns) {
    CohortRequest body =
        new CohortRequest(cohort.name(), cohort.description(), new Filters(cohort.filterValues()));
    @Nullable BooleanLiteral[] c = literals(columns);
    return manifest(
        "previewManifest",
        manifests
            .previewManifest(
                body, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], null, pageSize)
            .request());
  }

  Paged<ManifestRow> manifest(long cohortId, Set<ManifestColumn> columns) {
    @Nullable BooleanLiteral[] c = literals(columns);
    return manifest(
        "getManifest",
        manifests
            .getManifest(
                cohortId, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], null,
                pageSize)
            .request());
  }

  /** The parameters of the operations have the order of the columns; both come from the spec. */
  private static @Nullable BooleanLiteral[] literals(Set<ManifestColumn> columns) {
    return Arrays.stream(ManifestColumn.values())
        .map(column -> columns.contains(column) ? BooleanLiteral.TRUE : null)
        .toArray(BooleanLiteral[]::new);
  }

  private Paged<ManifestRow> manifest(String operation, Request begin) {
    return paged(
        new Family<>(
            operation,
            begin,
            token -> manifests.getNextManifestPage(token.text(), pageSize).request(),
            ManifestPage.class,
            page -> {
              var part = Transport.part(operation, "manifest", page.manifest());
              return page(operation, part.jsonManifest(), part.totalFound(), page.nextPage());
            },
            ManifestAccepted.class,
            ManifestAccepted::nextPage));
  }

  Paged<QueryRow> previewQuery(CohortDefinition cohort, List<QueryField> fields) {
    QueryPreviewRequest body =
        new QueryPreviewRequest(
            new CohortQueryRequest(
                cohort.name(), cohort.description(), new Filters(cohort.filterValues())),
            new QueryFields(fields));
    return query("previewQuery", queries.previewQuery(body, null, pageSize).request());
  }

  Paged<QueryRow> query(long cohortId, List<QueryField> fields) {
    return query(
        "queryCohort",
        queries.queryCohort(cohortId, new QueryFields(fields), null, pageSize).request());
  }

  private Paged<QueryRow> query(String operation, Request begin) {
    return paged(
        new Family<>(
            operation,
            begin,
            token -> queries.getNextQueryPage(token.text(), pageSize).request(),
            QueryPage.class,
            page -> {
              var part = Transport.part(operation, "query_results", page.queryResults());
              return page(operation, rows(part.json()), part.totalFound(), page.nextPage());
            },
            QueryAccepted.class,
            Walks::token));
  }

  private static @Nullable List<QueryRow> rows(@Nullable List<Map<String, String>> rows) {
    return rows == null ? null : rows.stream().map(QueryRow::new).toList();
  }

  Paged<DicomMetadataRow> dicomMetadata() {
    String operation = "getDicomMetadata";
    return paged(
        new Family<>(
            operation,
            dicomMetadata.getDicomMetadata(pageSize).request(),
            token -> dicomMetadata.getNextDicomMetadataPage(token.text(), pageSize).request(),
            DicomMetadataPage.class,
            page -> {
              var part = Transport.part(operation, "query_results", page.queryResults());
              return page(operation, part.json(), part.totalFound(), page.nextPage());
            },
            QueryAccepted.class,
            Walks::token));
  }

  private static @Nullable String token(QueryAccepted accepted) {
    return accepted.queryInfo() == null ? null : accepted.queryInfo().nextPage();
  }

  private <T, P, A> Paged<T> paged(Family<T, P, A> family) {
    return Paged.of(family.over(transport));
  }

  /** Null, empty and absent tokens all mean the end. */
  private static <T> Contents<T> page(
      String operation, @Nullable List<T> rows, @Nullable Long total, @Nullable String token) {
    return new Contents<>(
        Transport.part(operation, "rows", rows),
        total == null ? OptionalLong.empty() : OptionalLong.of(total),
        token == null || token.isEmpty() ? Optional.empty() : Optional.of(new PageToken(token)));
  }
}
