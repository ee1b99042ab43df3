package io.github.idc4j.client;

import io.github.idc4j.client.http.RawResponse;
import io.github.idc4j.client.internal.http.PreparedRequest;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.About;
import io.github.idc4j.model.AnalysisResult;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.CohortProperties;
import io.github.idc4j.model.Collection;
import io.github.idc4j.model.DataSource;
import io.github.idc4j.model.DeletedCohort;
import io.github.idc4j.model.DicomMetadataRow;
import io.github.idc4j.model.ManifestRow;
import io.github.idc4j.model.QueryField;
import io.github.idc4j.model.User;
import io.github.idc4j.model.Version;
import java.util.List;
import java.util.function.Function;
import retrofit2.Call;
import retrofit2.Retrofit;

/**
 * Client of the IDC REST API, version 1 (contract, Operations).
 *
 * <p>Safe for use by several threads; create one and share it. Close it to cancel what is under
 * way; a client that is not closed does not keep the JVM running. Each method sends its request at
 * once and returns the response, except those that return a {@link Paged}: they send nothing until
 * rows are needed. {@link #async()} has the same operations as futures.
 *
 * <p>Returned lists and records are immutable. A member that the service omits, or sends as null,
 * is null.
 *
 * <p>Every failure is an {@link io.github.idc4j.client.error.IdcException}:
 *
 * <ul>
 *   <li>{@link io.github.idc4j.client.error.ServiceException}: the service responded with an error.
 *       Subclasses: {@link io.github.idc4j.client.error.BadRequestException} (400), {@link
 *       io.github.idc4j.client.error.UnauthorizedException} (401), {@link
 *       io.github.idc4j.client.error.ForbiddenException} (403), {@link
 *       io.github.idc4j.client.error.NotFoundException} (404), {@link
 *       io.github.idc4j.client.error.MethodNotAllowedException} (405), {@link
 *       io.github.idc4j.client.error.RetiredException} (410), {@link
 *       io.github.idc4j.client.error.TooManyRequestsException} (429), {@link
 *       io.github.idc4j.client.error.ServerErrorException} (500 and above).
 *   <li>{@link io.github.idc4j.client.error.TransportException}: there was no complete response.
 *   <li>{@link io.github.idc4j.client.error.IdcTimeoutException}: a limit of the client was
 *       reached.
 *   <li>{@link io.github.idc4j.client.error.CanceledException}: the thread was interrupted, or the
 *       client closed.
 *   <li>{@link io.github.idc4j.client.error.DecodingException}, {@link
 *       io.github.idc4j.client.error.PagingException}: the response violates the specification.
 *   <li>{@link io.github.idc4j.client.error.ResponseTooLargeException}: the response is larger than
 *       {@code maxResponseBytes}.
 *   <li>{@link io.github.idc4j.client.error.CredentialsException}: there is no usable ID token.
 * </ul>
 *
 * <p>The operations on saved cohorts and {@link #account} need {@code credentials}. Without
 * credentials, most of these operations fail with {@code BadRequestException} (400), manifests and
 * queries of saved cohorts with {@code ForbiddenException} (403). A service may also respond with
 * 401.
 *
 * <p>References such as "contract, Filters" name the sections in the table of statements in {@code
 * docs/rules.md} of idc4j, which says what version 1 does.
 *
 * <pre>{@code
 * try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
 *   client.collections().forEach(collection -> System.out.println(collection.collectionId()));
 * }
 * }</pre>
 */
public final class IdcClient implements AutoCloseable {

  private final IdcClientBuilder builder;
  private final Transport transport;
  private final Retrofit retrofit;
  private final Operations operations;
  private final PagedOperations pagedOperations;

  IdcClient(IdcClientBuilder builder, Transport transport, Retrofit retrofit, int pageSize) {
    this.builder = builder;
    this.transport = transport;
    this.retrofit = retrofit;
    this.operations = new Operations(transport, retrofit);
    this.pagedOperations = new PagedOperations(transport, retrofit, pageSize);
  }

  /** Returns a builder with the defaults. */
  public static IdcClientBuilder builder() {
    return new IdcClientBuilder();
  }

  /**
   * Returns a builder with the settings of this client. A client built with it has connections of
   * its own, unless both use the same {@code httpClient}.
   */
  public IdcClientBuilder toBuilder() {
    return builder.copy();
  }

  /**
   * Returns the same operations as futures. They belong to this client, and end when it is closed.
   */
  public AsyncIdcClient async() {
    return new AsyncIdcClient(operations, this);
  }

  /**
   * Requests a description of the service: {@code GET /about}.
   *
   * @throws io.github.idc4j.client.error.RetiredException if version 1 is retired there
   */
  public About about() {
    return operations.about().execute();
  }

  /** Requests the data releases, exactly one of which is active: {@code GET /versions}. */
  public List<Version> versions() {
    return operations.versions().execute();
  }

  /** Requests the active, public, original collections: {@code GET /collections}. */
  public List<Collection> collections() {
    return operations.collections().execute();
  }

  /** Requests the analysis results, active or not: {@code GET /analysis_results}. */
  public List<AnalysisResult> analysisResults() {
    return operations.analysisResults().execute();
  }

  /**
   * Requests the filter attributes, grouped by data source: {@code GET /attributes}. Those in the
   * specification are constants of {@link io.github.idc4j.client.filter.Attributes}, which need no
   * request.
   */
  public List<DataSource> attributes() {
    return operations.attributes(null).execute();
  }

  /**
   * Requests the filter attributes of one data source: {@code GET /attributes}.
   *
   * @param dataSource its name at the service; empty for all data sources
   * @throws io.github.idc4j.client.error.BadRequestException if the service has no such data source
   */
  public List<DataSource> attributes(String dataSource) {
    return operations.attributes(dataSource).execute();
  }

  /**
   * Requests the account of the user whose ID token is sent: {@code GET /users/account_details}.
   * Needs credentials.
   *
   * @throws io.github.idc4j.client.error.ServerErrorException also for a user without an account,
   *     at the deployed service
   */
  public User account() {
    return operations.account().execute();
  }

  /**
   * Requests the saved cohorts of the user: {@code GET /cohorts}. Needs credentials.
   *
   * @throws io.github.idc4j.client.error.BadRequestException without credentials, or if the user
   *     has no account
   */
  public List<Cohort> cohorts() {
    return operations.cohorts().execute();
  }

  /**
   * Saves a cohort: {@code POST /cohorts}. Needs credentials. The client never retries it. Calling
   * it twice saves two cohorts. The result always has a {@code cohort_id}.
   *
   * <p>The deployed service dropped the range filters of saved cohorts: use {@link
   * #previewManifest} for a cohort with ranges.
   *
   * @throws io.github.idc4j.client.error.BadRequestException without credentials, and also if the
   *     service responded with status code 200 but did not save the cohort
   */
  public CohortProperties createCohort(CohortDefinition cohort) {
    return operations.createCohort(cohort).execute();
  }

  /**
   * Deletes a cohort: {@code DELETE /cohorts/{cohort_id}}. Needs credentials. The client never
   * retries it.
   *
   * <p>Does not throw if nothing was deleted: the {@code result} of the return value has {@code
   * notes} if the cohort was deleted, a {@code message} if it does not exist, and {@code
   * deletePermission} false if the user is not its owner.
   *
   * @param cohortId {@code cohort_id} of the cohort
   * @throws io.github.idc4j.client.error.BadRequestException without credentials
   */
  public DeletedCohort deleteCohort(long cohortId) {
    return operations.deleteCohort(cohortId).execute();
  }

  /**
   * Deletes cohorts: {@code DELETE /cohorts}. Returns one result for each, in the order of the IDs;
   * see {@link #deleteCohort} for what a result means. Needs credentials. The client never retries
   * it.
   *
   * @throws IllegalArgumentException if there is no ID
   */
  public List<DeletedCohort> deleteCohorts(long... cohortIds) {
    return operations.deleteCohorts(cohortIds).execute();
  }

  /**
   * Returns the manifest of a cohort: the distinct combinations of the columns ({@code POST
   * /cohorts/manifest/preview}; contract, Manifests). The rows are sorted by one column: the one
   * that {@link ManifestColumn} declares last. Columns that are not passed are null in the rows.
   * Sends no request.
   *
   * <pre>{@code
   * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
   *   System.out.println(row.gcsUrl());
   * }
   * }</pre>
   *
   * @throws IllegalArgumentException if there is no column
   */
  public Paged<ManifestRow> previewManifest(CohortDefinition cohort, ManifestColumn... columns) {
    return pagedOperations.previewManifest(cohort, columns);
  }

  /**
   * Returns the manifest of a saved cohort, like {@link #previewManifest}: {@code GET
   * /cohorts/manifest/{cohort_id}}. Sends no request.
   *
   * @param cohortId {@code cohort_id} of a cohort of the user whose ID token is sent
   * @throws IllegalArgumentException if there is no column
   * @throws io.github.idc4j.client.error.BadRequestException while iterating, for an unknown cohort
   * @throws io.github.idc4j.client.error.ForbiddenException while iterating, without credentials,
   *     for a cohort of another user, and for a deleted cohort
   */
  public Paged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return pagedOperations.manifest(cohortId, columns);
  }

  /**
   * Returns metadata of a cohort: the distinct combinations of the fields, sorted by them in the
   * given order ({@code POST /cohorts/query/preview}; contract, Queries and dicomMetadata). {@link
   * QueryField#SURFACE_AREA_OF} is accepted but has no values. Sends no request.
   *
   * <pre>{@code
   * client
   *     .previewQuery(cohort, QueryField.PATIENT_ID, QueryField.SLICE_THICKNESS)
   *     .forEach(row -> System.out.println(row.text(QueryField.PATIENT_ID)));
   * }</pre>
   *
   * @throws IllegalArgumentException if there is no field
   */
  public Paged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    return pagedOperations.previewQuery(cohort, fields);
  }

  /**
   * Returns metadata of a saved cohort, like {@link #previewQuery}: {@code POST
   * /cohorts/query/{cohort_id}}. Sends no request.
   *
   * @param cohortId {@code cohort_id} of a cohort of the user whose ID token is sent
   * @throws IllegalArgumentException if there is no field
   * @throws io.github.idc4j.client.error.BadRequestException while iterating, for an unknown cohort
   * @throws io.github.idc4j.client.error.ForbiddenException while iterating, without credentials,
   *     for a cohort of another user, and for a deleted cohort
   */
  public Paged<QueryRow> query(long cohortId, QueryField... fields) {
    return pagedOperations.query(cohortId, fields);
  }

  /**
   * Returns the metadata of all instances, 70 columns each, sorted by collection, patient, study,
   * series and instance: {@code GET /dicomMetadata}. Credentials have no effect. Sends no request.
   */
  public Paged<DicomMetadataRow> dicomMetadata() {
    return pagedOperations.dicomMetadata();
  }

  /**
   * Sends one request of any operation with the client's credentials, and returns its response as
   * it is, with any status code. Nothing is retried, polled, or decoded, and no ID token is
   * renewed.
   *
   * <pre>{@code
   * try (RawResponse response = client.raw(MetadataApi.class, api -> api.listCollections(null))) {
   *   System.out.println(response.status());
   *   response.body().transferTo(out);
   * }
   * }</pre>
   *
   * @param api one of the interfaces of {@code io.github.idc4j.api}
   * @param operation calls the operation; the returned call is not executed
   */
  public <A> RawResponse raw(Class<A> api, Function<A, Call<?>> operation) {
    return transport.open(PreparedRequest.of(operation.apply(retrofit.create(api))));
  }

  /**
   * Cancels all requests, walks and futures under way, which then fail with a {@link
   * io.github.idc4j.client.error.CanceledException}. Later calls fail in the same way. Closes the
   * connections, unless they are those of your own {@code httpClient}.
   */
  @Override
  public void close() {
    transport.close();
  }
}
