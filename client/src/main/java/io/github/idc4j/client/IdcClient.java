package io.github.idc4j.client;

import io.github.idc4j.api.AccountApi;
import io.github.idc4j.api.CohortsApi;
import io.github.idc4j.api.DicomMetadataApi;
import io.github.idc4j.api.ManifestApi;
import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.api.QueryApi;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.internal.Authorization;
import io.github.idc4j.client.internal.BaseUrl;
import io.github.idc4j.client.internal.Json;
import io.github.idc4j.client.internal.Timing;
import io.github.idc4j.client.internal.Transport;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.About;
import io.github.idc4j.model.AccountDetails;
import io.github.idc4j.model.AnalysisResult;
import io.github.idc4j.model.AnalysisResultList;
import io.github.idc4j.model.AttributeList;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.CohortDeletionRequest;
import io.github.idc4j.model.CohortList;
import io.github.idc4j.model.CohortProperties;
import io.github.idc4j.model.CohortRequest;
import io.github.idc4j.model.Collection;
import io.github.idc4j.model.CollectionList;
import io.github.idc4j.model.DataSource;
import io.github.idc4j.model.DeletedCohort;
import io.github.idc4j.model.DeletedCohorts;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.Filters;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.SavedCohort;
import io.github.idc4j.model.User;
import io.github.idc4j.model.Version;
import io.github.idc4j.model.VersionList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Call;
import retrofit2.Invocation;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * A client of the IDC REST API, version 1 (contract, Operations).
 *
 * <p>Safe for use by several threads. Each method sends its request at once and returns the answer,
 * but for those that return a {@link Paged}: they send nothing until rows are asked for, and then
 * throw what is told here. Lists and records that are returned can't be changed; a member that the
 * service left out, or sent as null, is null.
 *
 * <p>All failures are subclasses of {@link io.github.idc4j.client.error.IdcException}:
 *
 * <ul>
 *   <li>{@link ServiceException} for any status but 200 and 202, with subclasses for a bad request
 *       (400), one not authorized (401, 403), something not found (404, 405), a retired service
 *       (410, or one whose {@code /about} says so) and a fault of the service (500 and above);
 *   <li>{@link io.github.idc4j.client.error.TransportException} without a whole answer, and after
 *       an interrupt or a close;
 *   <li>{@link io.github.idc4j.client.error.QueryTimeoutException} when the time is over, with what
 *       to go on with;
 *   <li>{@link DecodingException} for an answer that is not as the contract says, {@link
 *       io.github.idc4j.client.error.PagingException} for pages that lead nowhere;
 *   <li>{@link io.github.idc4j.client.error.CredentialsException} without an ID token to send.
 * </ul>
 *
 * <pre>{@code
 * try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
 *   client.collections().forEach(collection -> System.out.println(collection.collectionId()));
 * }
 * }</pre>
 */
public final class IdcClient implements AutoCloseable {

  private final Transport transport;
  private final Retrofit retrofit;
  private final Walks walks;
  private final MetadataApi metadata;
  private final AccountApi account;
  private final CohortsApi cohorts;

  IdcClient(IdcClientBuilder builder, BaseUrl baseUrl, Timing timing) {
    OkHttpClient http = Transport.http(builder.connectTimeout);
    retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl.url())
            .client(http)
            .addConverterFactory(MoshiConverterFactory.create(Json.moshi()))
            .build();
    transport =
        new Transport(http, baseUrl, new Authorization(baseUrl, builder.credentials), timing);
    metadata = retrofit.create(MetadataApi.class);
    account = retrofit.create(AccountApi.class);
    cohorts = retrofit.create(CohortsApi.class);
    walks =
        new Walks(
            transport,
            retrofit.create(ManifestApi.class),
            retrofit.create(QueryApi.class),
            retrofit.create(DicomMetadataApi.class),
            builder.pageSize);
  }

  /** Returns a builder with the defaults. */
  public static IdcClientBuilder builder() {
    return new IdcClientBuilder();
  }

  /**
   * Returns what the service says of itself: {@code GET /about}.
   *
   * @throws io.github.idc4j.client.error.RetiredException if version 1 is withdrawn there
   */
  public About about() {
    return transport.get("getAbout", metadata.getAbout().request(), About.class);
  }

  /** Returns the data releases, of which one is active: {@code GET /versions}. */
  public List<Version> versions() {
    return transport.get(
        "listVersions",
        metadata.listVersions().request(),
        VersionList.class,
        "versions",
        VersionList::versions);
  }

  /** Returns the active, public, original collections: {@code GET /collections}. */
  public List<Collection> collections() {
    return transport.get(
        "listCollections",
        metadata.listCollections(null).request(),
        CollectionList.class,
        "collections",
        CollectionList::collections);
  }

  /** Returns the analysis results, active or not: {@code GET /analysis_results}. */
  public List<AnalysisResult> analysisResults() {
    return transport.get(
        "listAnalysisResults",
        metadata.listAnalysisResults(null).request(),
        AnalysisResultList.class,
        "analysisResults",
        AnalysisResultList::analysisResults);
  }

  /**
   * Returns the attributes by which cohorts filter, by data source: {@code GET /attributes}. Those
   * that the contract knows are constants of {@link io.github.idc4j.client.filter.Attributes},
   * which needs no request.
   */
  public List<DataSource> attributes() {
    return transport.get(
        "listAttributes",
        metadata.listAttributes(null).request(),
        AttributeList.class,
        "data_sources",
        AttributeList::dataSources);
  }

  /**
   * Returns the attributes of one data source: {@code GET /attributes}.
   *
   * @param dataSource its name at the service; all if it is empty
   * @throws io.github.idc4j.client.error.BadRequestException if the service lacks it
   */
  public List<DataSource> attributes(String dataSource) {
    return transport.get(
        "listAttributes",
        metadata.listAttributes(dataSource).request(),
        AttributeList.class,
        "data_sources",
        AttributeList::dataSources);
  }

  /**
   * Returns the account that the ID token belongs to: {@code GET /users/account_details}.
   *
   * @throws ServiceException also for a user without an account
   */
  public User account() {
    return transport.get(
        "getAccountDetails",
        account.getAccountDetails().request(),
        AccountDetails.class,
        "user_details",
        AccountDetails::userDetails);
  }

  /** Returns the user's saved cohorts: {@code GET /cohorts}. */
  public List<Cohort> cohorts() {
    return transport.get(
        "listCohorts",
        cohorts.listCohorts().request(),
        CohortList.class,
        "cohorts",
        CohortList::cohorts);
  }

  /**
   * Saves a cohort: {@code POST /cohorts}. Never sent twice by itself; called twice, it saves two.
   * The deployed service loses range filters of saved cohorts: preview such a cohort instead.
   *
   * @throws ServiceException also when the service says with status 200 that it saved nothing
   */
  public CohortProperties createCohort(CohortDefinition cohort) {
    CohortRequest body =
        new CohortRequest(cohort.name(), cohort.description(), new Filters(cohort.filterValues()));
    Request create = cohorts.createCohort(body).request();
    CohortProperties saved =
        transport.get("createCohort", create, SavedCohort.class).cohortProperties();
    if (saved == null || saved.cohortId() == null) {
      throw ServiceException.of(
          "createCohort",
          200,
          saved == null || saved.code() == null ? 0 : saved.code(),
          saved == null || saved.message() == null ? "no cohort was saved" : saved.message(),
          "",
          create.url().toString());
    }
    return saved;
  }

  /**
   * Deletes a cohort and returns what became of it, which may be that it was not there or is
   * somebody else's: {@code DELETE /cohorts/{cohort_id}}. Never sent twice by itself.
   */
  public DeletedCohort deleteCohort(long cohortId) {
    String operation = "deleteCohort";
    return deleted(operation, cohorts.deleteCohort(cohortId).request()).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new DecodingException(
                    operation + ": the answer names no cohort", "$.cohorts", "[]"));
  }

  /**
   * Deletes cohorts and returns what became of each, in the order given: {@code DELETE /cohorts}.
   * Never sent twice by itself.
   *
   * @throws IllegalArgumentException without a cohort
   */
  public List<DeletedCohort> deleteCohorts(long... cohortIds) {
    if (cohortIds.length == 0) {
      throw new IllegalArgumentException("Name at least one cohort");
    }
    CohortDeletionRequest body =
        new CohortDeletionRequest(Arrays.stream(cohortIds).boxed().toList());
    return deleted("deleteCohorts", cohorts.deleteCohorts(body).request());
  }

  private List<DeletedCohort> deleted(String operation, Request request) {
    return transport.get(
        operation, request, DeletedCohorts.class, "cohorts", DeletedCohorts::cohorts);
  }

  /**
   * Returns the manifest of a cohort that is not saved: distinct combinations of the columns,
   * sorted by the last of them in the order of {@link ManifestColumn} ({@code POST
   * /cohorts/manifest/preview}; contract, Manifests). Columns that are not chosen are null.
   *
   * <pre>{@code
   * client.previewManifest(cohort, ManifestColumn.GCS_URL).forEach(row -> ...);
   * }</pre>
   *
   * @throws IllegalArgumentException without a column
   */
  public Paged<ManifestRow> previewManifest(CohortDefinition cohort, ManifestColumn... columns) {
    return walks.previewManifest(cohort, chosen(columns));
  }

  /**
   * Returns the manifest of a saved cohort, like {@link #previewManifest}: {@code GET
   * /cohorts/manifest/{cohort_id}}.
   *
   * @param cohortId of a cohort of the user whose ID token is sent
   * @throws IllegalArgumentException without a column
   */
  public Paged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return walks.manifest(cohortId, chosen(columns));
  }

  private static Set<ManifestColumn> chosen(ManifestColumn... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("Choose at least one column");
    }
    return Set.copyOf(Arrays.asList(columns));
  }

  /**
   * Returns metadata of a cohort that is not saved: distinct combinations of the fields, sorted by
   * them in the order given ({@code POST /cohorts/query/preview}; contract, Queries and
   * dicomMetadata). {@link QueryField#SURFACE_AREA_OF} is accepted and gives no values.
   *
   * <pre>{@code
   * client
   *     .previewQuery(cohort, QueryField.PATIENT_ID, QueryField.SLICE_THICKNESS)
   *     .forEach(row -> ...);
   * }</pre>
   *
   * @throws IllegalArgumentException without a field, or for a cohort without a name, which the
   *     service refuses here and only here
   */
  public Paged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    if (cohort.name().isEmpty()) {
      throw new IllegalArgumentException(
          "The cohort of a query needs a name; the service refuses one without");
    }
    return walks.previewQuery(cohort, listed(fields));
  }

  /**
   * Returns metadata of a saved cohort, like {@link #previewQuery}: {@code POST
   * /cohorts/query/{cohort_id}}.
   *
   * @param cohortId of a cohort of the user whose ID token is sent
   * @throws IllegalArgumentException without a field
   */
  public Paged<QueryRow> query(long cohortId, QueryField... fields) {
    return walks.query(cohortId, listed(fields));
  }

  private static List<QueryField> listed(QueryField... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("Choose at least one field");
    }
    return List.of(fields);
  }

  /**
   * Returns metadata of every instance, 70 attributes each, sorted by collection, patient, study,
   * series and instance: {@code GET /dicomMetadata}. Nobody's identity is looked at.
   */
  public Paged<DicomMetadataRow> dicomMetadata() {
    return walks.dicomMetadata();
  }

  /**
   * Sends one request of any operation, with the client's credentials, and returns its answer as it
   * is: statuses other than 200 too, and a 202 at once. Nothing is repeated, and no ID token is
   * renewed.
   *
   * <pre>{@code
   * try (RawAnswer answer = client.raw(MetadataApi.class, api -> api.listCollections(null))) {
   *   System.out.println(answer.status());
   *   answer.body().transferTo(file);
   * }
   * }</pre>
   *
   * @param group one of the interfaces of {@code io.github.idc4j.api}
   * @param operation what to call of it; the call is not executed itself
   * @throws io.github.idc4j.client.error.TransportException without an answer
   */
  public <A> RawAnswer raw(Class<A> group, Function<A, Call<?>> operation) {
    Request request = operation.apply(retrofit.create(group)).request();
    Invocation invocation = Objects.requireNonNull(request.tag(Invocation.class));
    return new RawAnswer(transport.open(invocation.method().getName(), request));
  }

  /**
   * Ends all walks, waits and requests under way, which then throw a {@code TransportException},
   * and the connections. What is called afterwards sends nothing.
   */
  @Override
  public void close() {
    transport.close();
  }
}
