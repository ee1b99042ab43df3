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
 * A client for version 1 of the IDC REST API.
 *
 * <p>Safe for use by several threads; create one client and share it. Close the client to cancel
 * all requests in progress. A client that is not closed does not keep the JVM running.
 *
 * <p>Most methods send a request at once and return the response. Methods that return a {@link
 * Paged} send no request until rows are needed. {@link #async()} provides the same operations as
 * futures.
 *
 * <p>Returned lists and records are immutable. A member is null if the service omits it or sends it
 * as null.
 *
 * <p>If an operation fails, it throws an {@link io.github.idc4j.client.error.IdcException}. This
 * class has the following subclasses:
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
 *   <li>{@link io.github.idc4j.client.error.TransportException}: the client received no complete
 *       response.
 *   <li>{@link io.github.idc4j.client.error.IdcTimeoutException}: the operation reached a time
 *       limit or the limit on requests.
 *   <li>{@link io.github.idc4j.client.error.CanceledException}: the thread was interrupted, or the
 *       client was closed.
 *   <li>{@link io.github.idc4j.client.error.DecodingException}, {@link
 *       io.github.idc4j.client.error.PagingException}: the response violates the specification.
 *   <li>{@link io.github.idc4j.client.error.ResponseTooLargeException}: the response is larger than
 *       {@code maxResponseBytes}.
 *   <li>{@link io.github.idc4j.client.error.CredentialsException}: the client has no usable ID
 *       token.
 * </ul>
 *
 * <p>The operations on saved cohorts and {@link #account} need {@code credentials}. Without
 * credentials, manifests and queries of saved cohorts fail with {@code ForbiddenException} (403),
 * and the other operations with {@code BadRequestException} (400). A service may also respond with
 * 401.
 *
 * <p>Source: the contract, section "Operations". The contract is the OpenAPI document plus the
 * rules that OpenAPI cannot express; {@code docs/rules.md} of idc4j lists its statements by
 * section. The <i>deployed service</i> is the last public service that offered all of version 1; it
 * is now retired.
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

  /** Returns a builder with the default settings. */
  public static IdcClientBuilder builder() {
    return new IdcClientBuilder();
  }

  /**
   * Returns a builder with the settings of this client. A client that you build with it does not
   * share connections with this client, unless both use the same {@code httpClient}.
   */
  public IdcClientBuilder toBuilder() {
    return builder.copy();
  }

  /**
   * Returns a client that provides the same operations as futures. When you close this client, the
   * futures fail with a {@link io.github.idc4j.client.error.CanceledException}.
   */
  public AsyncIdcClient async() {
    return new AsyncIdcClient(operations, this);
  }

  /**
   * Requests a description of the service: {@code GET /about}.
   *
   * @throws io.github.idc4j.client.error.RetiredException if the service has retired version 1
   */
  public About about() {
    return operations.about().execute();
  }

  /** Requests the data releases: {@code GET /versions}. Exactly one release is active. */
  public List<Version> versions() {
    return operations.versions().execute();
  }

  /**
   * Requests the public collections of original images in the active data release: {@code GET
   * /collections}. Analysis results are not included.
   */
  public List<Collection> collections() {
    return operations.collections().execute();
  }

  /** Requests all analysis results, both active and inactive: {@code GET /analysis_results}. */
  public List<AnalysisResult> analysisResults() {
    return operations.analysisResults().execute();
  }

  /**
   * Requests the filter attributes, grouped by data source: {@code GET /attributes}. {@link
   * io.github.idc4j.client.filter.Attributes} has constants for the attributes in the
   * specification, so using these attributes needs no request.
   */
  public List<DataSource> attributes() {
    return operations.attributes(null).execute();
  }

  /**
   * Requests the filter attributes of one data source: {@code GET /attributes}.
   *
   * @param dataSource the service's name for the data source; empty for all data sources
   * @throws io.github.idc4j.client.error.BadRequestException if the service has no such data source
   */
  public List<DataSource> attributes(String dataSource) {
    return operations.attributes(dataSource).execute();
  }

  /**
   * Requests the account of the authenticated user: {@code GET /users/account_details}. Needs
   * credentials.
   *
   * @throws io.github.idc4j.client.error.ServerErrorException if the service fails; the deployed
   *     service also responds with such an error if the user has no account
   */
  public User account() {
    return operations.account().execute();
  }

  /**
   * Requests the saved cohorts of the authenticated user: {@code GET /cohorts}. Needs credentials.
   *
   * @throws io.github.idc4j.client.error.BadRequestException if there are no credentials, or the
   *     user has no account
   */
  public List<Cohort> cohorts() {
    return operations.cohorts().execute();
  }

  /**
   * Saves a cohort: {@code POST /cohorts}. Needs credentials. The result always has a {@code
   * cohort_id}. Calling this method twice saves two cohorts.
   *
   * <p>The client retries this request only if the service refused the ID token (401) and the
   * credentials provide a new token.
   *
   * <p>The deployed service did not save range filters. For a cohort with ranges, use {@link
   * #previewManifest}.
   *
   * @throws io.github.idc4j.client.error.BadRequestException if there are no credentials, or the
   *     service responded with status code 200 but did not save the cohort
   */
  public CohortProperties createCohort(CohortDefinition cohort) {
    return operations.createCohort(cohort).execute();
  }

  /**
   * Deletes a cohort: {@code DELETE /cohorts/{cohort_id}}. Needs credentials.
   *
   * <p>The client retries this request only if the service refused the ID token (401) and the
   * credentials provide a new token.
   *
   * <p>The {@code result} of the return value shows what happened. It has {@code notes} if the
   * cohort was deleted, and a {@code message} if the cohort does not exist. Its {@code
   * deletePermission} is false if the user is not the owner of the cohort. The method throws no
   * exception in these cases.
   *
   * @param cohortId {@code cohort_id} of the cohort
   * @throws io.github.idc4j.client.error.BadRequestException if there are no credentials
   */
  public DeletedCohort deleteCohort(long cohortId) {
    return operations.deleteCohort(cohortId).execute();
  }

  /**
   * Deletes several cohorts: {@code DELETE /cohorts}. Needs credentials. Returns one result for
   * each cohort, in the order of the IDs. {@link #deleteCohort} describes the results.
   *
   * <p>The client retries this request only if the service refused the ID token (401) and the
   * credentials provide a new token.
   *
   * @throws IllegalArgumentException if no ID is passed
   */
  public List<DeletedCohort> deleteCohorts(long... cohortIds) {
    return operations.deleteCohorts(cohortIds).execute();
  }

  /**
   * Returns the manifest of a cohort: {@code POST /cohorts/manifest/preview}. Sends no request.
   * Source: the contract, section "Manifests".
   *
   * <p>The rows are the distinct combinations of values in the columns that you pass. All other
   * columns are null. The rows are sorted by one column only: of the columns that you pass, the one
   * that {@link ManifestColumn} declares last.
   *
   * <pre>{@code
   * for (ManifestRow row : client.previewManifest(cohort, ManifestColumn.GCS_URL)) {
   *   System.out.println(row.gcsUrl());
   * }
   * }</pre>
   *
   * @throws IllegalArgumentException if no column is passed
   */
  public Paged<ManifestRow> previewManifest(CohortDefinition cohort, ManifestColumn... columns) {
    return pagedOperations.previewManifest(cohort, columns);
  }

  /**
   * Returns the manifest of a saved cohort, like {@link #previewManifest}: {@code GET
   * /cohorts/manifest/{cohort_id}}. Needs credentials. Sends no request.
   *
   * @param cohortId {@code cohort_id} of a cohort that the authenticated user owns
   * @throws IllegalArgumentException if no column is passed
   * @throws io.github.idc4j.client.error.BadRequestException during iteration, if the cohort does
   *     not exist
   * @throws io.github.idc4j.client.error.ForbiddenException during iteration, if there are no
   *     credentials, or if the cohort belongs to another user or was deleted
   */
  public Paged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return pagedOperations.manifest(cohortId, columns);
  }

  /**
   * Returns metadata about the images of a cohort: {@code POST /cohorts/query/preview}. Sends no
   * request. Source: the contract, section "Queries and dicomMetadata".
   *
   * <p>The rows are the distinct combinations of values in the fields that you pass. The rows are
   * sorted by all of these fields, in the order in which you pass them. The service accepts {@link
   * QueryField#SURFACE_AREA_OF}, but returns no values for it.
   *
   * <pre>{@code
   * client
   *     .previewQuery(cohort, QueryField.PATIENT_ID, QueryField.SLICE_THICKNESS)
   *     .forEach(row -> System.out.println(row.text(QueryField.PATIENT_ID)));
   * }</pre>
   *
   * @throws IllegalArgumentException if no field is passed
   */
  public Paged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    return pagedOperations.previewQuery(cohort, fields);
  }

  /**
   * Returns metadata about the images of a saved cohort, like {@link #previewQuery}: {@code POST
   * /cohorts/query/{cohort_id}}. Needs credentials. Sends no request.
   *
   * @param cohortId {@code cohort_id} of a cohort that the authenticated user owns
   * @throws IllegalArgumentException if no field is passed
   * @throws io.github.idc4j.client.error.BadRequestException during iteration, if the cohort does
   *     not exist
   * @throws io.github.idc4j.client.error.ForbiddenException during iteration, if there are no
   *     credentials, or if the cohort belongs to another user or was deleted
   */
  public Paged<QueryRow> query(long cohortId, QueryField... fields) {
    return pagedOperations.query(cohortId, fields);
  }

  /**
   * Returns the metadata of all instances: {@code GET /dicomMetadata}. Each row has 70 columns. The
   * rows are sorted by collection, patient, study, series and instance. Credentials are ignored.
   * Sends no request.
   */
  public Paged<DicomMetadataRow> dicomMetadata() {
    return pagedOperations.dicomMetadata();
  }

  /**
   * Sends one request for any operation, with the client's credentials. Returns the response as the
   * service sent it, with any status code. The client does not retry the request, poll a pending
   * query, renew the ID token after a 401, or decode the response.
   *
   * <pre>{@code
   * try (RawResponse response = client.raw(MetadataApi.class, api -> api.listCollections(null))) {
   *   System.out.println(response.status());
   *   response.body().transferTo(out);
   * }
   * }</pre>
   *
   * @param api the interface in {@code io.github.idc4j.api} that declares the operation
   * @param operation invokes a method of the interface and returns the resulting {@code Call},
   *     without executing it
   */
  public <A> RawResponse raw(Class<A> api, Function<A, Call<?>> operation) {
    return transport.open(PreparedRequest.of(operation.apply(retrofit.create(api))));
  }

  /**
   * Cancels all requests, walks and futures in progress. They fail with a {@link
   * io.github.idc4j.client.error.CanceledException}, and so do later calls. Closes the client's
   * connections, but not those of an OkHttp client that you passed to {@code httpClient}.
   */
  @Override
  public void close() {
    transport.close();
  }
}
