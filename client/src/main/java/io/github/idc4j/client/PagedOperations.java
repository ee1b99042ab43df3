package io.github.idc4j.client;

import io.github.idc4j.api.DicomMetadataApi;
import io.github.idc4j.api.ManifestApi;
import io.github.idc4j.api.QueryApi;
import io.github.idc4j.client.internal.http.PreparedRequest;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.paging.PageContents;
import io.github.idc4j.client.internal.paging.PagedEndpoint;
import io.github.idc4j.client.internal.paging.PagedEndpoint.SqlMember;
import io.github.idc4j.client.internal.paging.PagedRows;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.CohortQueryRequest;
import io.github.idc4j.model.CohortRequest;
import io.github.idc4j.model.DicomMetadataPage;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.Filters;
import io.github.idc4j.model.ManifestAccepted;
import io.github.idc4j.model.ManifestFirstPage;
import io.github.idc4j.model.ManifestPage;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryAccepted;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.QueryFields;
import io.github.idc4j.model.QueryFirstPage;
import io.github.idc4j.model.QueryPage;
import io.github.idc4j.model.QueryPreviewRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;

/**
 * The operations with pages. Walks ignore the {@code cohort} member, which only first pages have,
 * so that they can read all pages in the same way.
 */
final class PagedOperations {

  /** The only string that the service accepts as true. */
  private static final String TRUE = "True";

  /** The service refuses a query without a name; any name will do. */
  private static final String DEFAULT_NAME = "idc4j";

  private final Transport transport;
  private final ManifestApi manifests;
  private final QueryApi queries;
  private final DicomMetadataApi dicomMetadata;
  private final int pageSize;

  PagedOperations(Transport transport, Retrofit retrofit, int pageSize) {
    this.transport = transport;
    this.manifests = retrofit.create(ManifestApi.class);
    this.queries = retrofit.create(QueryApi.class);
    this.dicomMetadata = retrofit.create(DicomMetadataApi.class);
    this.pageSize = pageSize;
  }

  Paged<ManifestRow> previewManifest(CohortDefinition cohort, ManifestColumn... columns) {
    CohortRequest body =
        new CohortRequest(cohort.name(), cohort.description(), new Filters(cohort.filterValues()));
    return manifest(manifests.previewManifest(body, parameters(columns)));
  }

  Paged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return manifest(manifests.getManifest(cohortId, parameters(columns)));
  }

  /** Returns the query parameters that choose the columns, always in the same order. */
  private static Map<String, String> parameters(ManifestColumn... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException(
          "A manifest needs at least one column. Pass a ManifestColumn.");
    }
    Set<ManifestColumn> chosen = EnumSet.copyOf(Arrays.asList(columns));
    Map<String, String> parameters = new LinkedHashMap<>();
    chosen.forEach(column -> parameters.put(column.key(), TRUE));
    return parameters;
  }

  private Paged<ManifestRow> manifest(Call<?> first) {
    return paged(
        new PagedEndpoint<>(
            PreparedRequest.of(first),
            token -> PreparedRequest.of(manifests.getNextManifestPage(token.text(), null)),
            ManifestPage.class,
            page ->
                page.manifest() == null
                    ? null
                    : PageContents.of(
                        page.manifest().jsonManifest(),
                        page.manifest().totalFound(),
                        page.nextPage()),
            ManifestAccepted.class,
            ManifestAccepted::nextPage,
            Optional.of(
                new SqlMember<>(
                    ManifestFirstPage.class,
                    page -> page.cohort() == null ? null : page.cohort().sql()))));
  }

  Paged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    String name = cohort.name().isEmpty() ? DEFAULT_NAME : cohort.name();
    QueryPreviewRequest body =
        new QueryPreviewRequest(
            new CohortQueryRequest(name, cohort.description(), new Filters(cohort.filterValues())),
            queryFields(fields));
    return query(queries.previewQuery(body, null, null));
  }

  Paged<QueryRow> query(long cohortId, QueryField... fields) {
    return query(queries.queryCohort(cohortId, queryFields(fields), null, null));
  }

  private static QueryFields queryFields(QueryField... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("A query needs at least one field. Pass a QueryField.");
    }
    return new QueryFields(List.of(fields));
  }

  private Paged<QueryRow> query(Call<?> first) {
    return paged(
        new PagedEndpoint<>(
            PreparedRequest.of(first),
            token -> PreparedRequest.of(queries.getNextQueryPage(token.text(), null)),
            QueryPage.class,
            page ->
                page.queryResults() == null
                    ? null
                    : PageContents.of(
                        rows(page.queryResults().json()),
                        page.queryResults().totalFound(),
                        page.nextPage()),
            QueryAccepted.class,
            PagedOperations::token,
            Optional.of(
                new SqlMember<>(
                    QueryFirstPage.class,
                    page -> page.cohortDef() == null ? null : page.cohortDef().sql()))));
  }

  private static @Nullable List<QueryRow> rows(@Nullable List<Map<String, String>> rows) {
    return rows == null
        ? null
        : rows.stream().map(row -> row == null ? null : new QueryRow(row)).toList();
  }

  Paged<DicomMetadataRow> dicomMetadata() {
    return paged(
        new PagedEndpoint<>(
            PreparedRequest.of(dicomMetadata.getDicomMetadata(null)),
            token -> PreparedRequest.of(dicomMetadata.getNextDicomMetadataPage(token.text(), null)),
            DicomMetadataPage.class,
            page ->
                page.queryResults() == null
                    ? null
                    : PageContents.of(
                        page.queryResults().json(),
                        page.queryResults().totalFound(),
                        page.nextPage()),
            QueryAccepted.class,
            PagedOperations::token,
            Optional.empty()));
  }

  private static @Nullable String token(QueryAccepted accepted) {
    return accepted.queryInfo() == null ? null : accepted.queryInfo().nextPage();
  }

  private <T> Paged<T> paged(PagedEndpoint<T, ?, ?> endpoint) {
    return PagedRows.of(transport, endpoint, pageSize);
  }
}
