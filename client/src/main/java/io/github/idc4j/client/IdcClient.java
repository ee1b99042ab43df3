package io.github.idc4j.client;

import io.github.idc4j.api.AccountApi;
import io.github.idc4j.api.CohortsApi;
import io.github.idc4j.api.DicomMetadataApi;
import io.github.idc4j.api.ManifestApi;
import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.api.QueryApi;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.internal.BaseUrl;
import io.github.idc4j.client.internal.Json;
import io.github.idc4j.client.internal.Sleeper;
import io.github.idc4j.client.internal.Transport;
import io.github.idc4j.client.paging.Paged;
import io.github.idc4j.model.About;
import io.github.idc4j.model.AccountDetails;
import io.github.idc4j.model.AnalysisResult;
import io.github.idc4j.model.AnalysisResultList;
import io.github.idc4j.model.AttributeList;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.CohortList;
import io.github.idc4j.model.CohortProperties;
import io.github.idc4j.model.CohortRequest;
import io.github.idc4j.model.Collection;
import io.github.idc4j.model.CollectionList;
import io.github.idc4j.model.DataSource;
import io.github.idc4j.model.DeleteCohortsRequest;
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
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * A client of the IDC REST API, version 1.
 *
 * <p>Safe for use by several threads. Each method sends its request at once and returns the answer,
 * but for those that return a {@link Paged}: they send nothing until rows are asked for. All throw
 * subclasses of {@link io.github.idc4j.client.error.IdcException}.
 *
 * <pre>{@code
 * try (IdcClient client = IdcClient.builder().baseUrl("http://127.0.0.1:8080/v1").build()) {
 *   client.collections().forEach(collection -> System.out.println(collection.collectionId()));
 * }
 * }</pre>
 */
public final class IdcClient implements AutoCloseable {

  private final Transport transport;
  private final Walks walks;
  private final MetadataApi metadata;
  private final AccountApi account;
  private final CohortsApi cohorts;

  private IdcClient(Builder builder, BaseUrl baseUrl) {
    OkHttpClient http = Transport.http(builder.connectTimeout, builder.readTimeout);
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl.url())
            .client(http)
            .addConverterFactory(MoshiConverterFactory.create(Json.moshi()))
            .build();
    transport = new Transport(http, baseUrl, builder.idToken);
    metadata = retrofit.create(MetadataApi.class);
    account = retrofit.create(AccountApi.class);
    cohorts = retrofit.create(CohortsApi.class);
    walks =
        new Walks(
            transport,
            retrofit.create(ManifestApi.class),
            retrofit.create(QueryApi.class),
            retrofit.create(DicomMetadataApi.class),
            builder.pageSize,
            builder.clock,
            builder.sleeper,
            builder.totalTimeout);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns what the service says of itself; a retired one throws {@code RetiredException}. */
  public About about() {
    return transport.get("getAbout", metadata.getAbout().request(), About.class);
  }

  /** Returns the data releases, oldest first; one is active. */
  public List<Version> versions() {
    return transport.get(
        "listVersions",
        metadata.listVersions().request(),
        VersionList.class,
        "versions",
        VersionList::versions);
  }

  /** Returns the active, public, original collections. */
  public List<Collection> collections() {
    return transport.get(
        "listCollections",
        metadata.listCollections(null).request(),
        CollectionList.class,
        "collections",
        CollectionList::collections);
  }

  /** Returns the analysis results, active or not. */
  public List<AnalysisResult> analysisResults() {
    return transport.get(
        "listAnalysisResults",
        metadata.listAnalysisResults(null).request(),
        AnalysisResultList.class,
        "analysisResults",
        AnalysisResultList::analysisResults);
  }

  /** Returns the attributes by which cohorts filter, by data source. */
  public List<DataSource> attributes() {
    return transport.get(
        "listAttributes",
        metadata.listAttributes(null).request(),
        AttributeList.class,
        "data_sources",
        AttributeList::dataSources);
  }

  /**
   * Returns the attributes of one data source.
   *
   * @param dataSource its name at the service; one that it lacks is refused with status 400
   */
  public List<DataSource> attributes(String dataSource) {
    return transport.get(
        "listAttributes",
        metadata.listAttributes(dataSource).request(),
        AttributeList.class,
        "data_sources",
        AttributeList::dataSources);
  }

  /** Returns the account that the ID token belongs to. */
  public User account() {
    return transport.get(
        "getAccountDetails",
        account.getAccountDetails().request(),
        AccountDetails.class,
        "user_details",
        AccountDetails::userDetails);
  }

  /** Returns the user's saved cohorts. */
  public List<Cohort> cohorts() {
    return transport.get(
        "listCohorts",
        cohorts.listCohorts().request(),
        CohortList.class,
        "cohorts",
        CohortList::cohorts);
  }

  /**
   * Saves a cohort. Called twice, it saves two. The deployed service loses range filters of saved
   * cohorts: preview such a cohort instead.
   *
   * @throws ServiceException also when the service says with status 200 that it saved nothing
   */
  public CohortProperties createCohort(CohortDefinition cohort) {
    CohortRequest body =
        new CohortRequest(cohort.name(), cohort.description(), new Filters(cohort.filterValues()));
    CohortProperties saved =
        transport
            .get("createCohort", cohorts.createCohort(body).request(), SavedCohort.class)
            .cohortProperties();
    if (saved == null || saved.cohortId() == null) {
      throw new ServiceException(
          "createCohort",
          200,
          saved == null || saved.message() == null ? "no cohort was saved" : saved.message());
    }
    return saved;
  }

  /** Deletes a cohort and returns what became of it, which may be that it was not there. */
  public DeletedCohort deleteCohort(long cohortId) {
    String operation = "deleteCohort";
    return deleted(operation, cohorts.deleteCohort(cohortId).request()).stream()
        .findFirst()
        .orElseThrow(() -> new DecodingException(operation + ": the answer names no cohort"));
  }

  /**
   * Deletes cohorts and returns what became of each, in the order given.
   *
   * @throws IllegalArgumentException without a cohort
   */
  public List<DeletedCohort> deleteCohorts(long... cohortIds) {
    if (cohortIds.length == 0) {
      throw new IllegalArgumentException("Name at least one cohort");
    }
    DeleteCohortsRequest body = new DeleteCohortsRequest(Arrays.stream(cohortIds).boxed().toList());
    return deleted("deleteCohorts", cohorts.deleteCohorts(body).request());
  }

  private List<DeletedCohort> deleted(String operation, Request request) {
    return transport.get(
        operation, request, DeletedCohorts.class, "cohorts", DeletedCohorts::cohorts);
  }

  /**
   * Returns the manifest of a cohort that is not saved: distinct combinations of the columns.
   *
   * @throws IllegalArgumentException without a column
   */
  public Paged<ManifestRow> previewManifest(CohortDefinition cohort, ManifestColumn... columns) {
    return walks.previewManifest(cohort, chosen(columns));
  }

  /**
   * Returns the manifest of a saved cohort: distinct combinations of the columns.
   *
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
   * Returns metadata of a cohort that is not saved: distinct combinations of the fields, by the
   * service's name of each, sorted in the order given. An instance without a value has null.
   *
   * @throws IllegalArgumentException without a field
   */
  public Paged<Map<String, String>> previewQuery(CohortDefinition cohort, QueryField... fields) {
    return walks.previewQuery(cohort, listed(fields));
  }

  /**
   * Returns metadata of a saved cohort, like {@link #previewQuery}.
   *
   * @throws IllegalArgumentException without a field
   */
  public Paged<Map<String, String>> query(long cohortId, QueryField... fields) {
    return walks.query(cohortId, listed(fields));
  }

  private static List<QueryField> listed(QueryField... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("Choose at least one field");
    }
    return List.of(fields);
  }

  /** Returns metadata of every instance. */
  public Paged<DicomMetadataRow> dicomMetadata() {
    return walks.dicomMetadata();
  }

  /** Ends the connections; requests that are under way go on to their end. */
  @Override
  public void close() {
    transport.close();
  }

  /** Says how a client is to work. Not safe for use by several threads. */
  public static final class Builder {

    private String baseUrl = "https://api.imaging.datacommons.cancer.gov/v1";
    private Optional<Supplier<String>> idToken = Optional.empty();
    private int pageSize = 1000;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(90);
    private Duration totalTimeout = Duration.ofMinutes(10);
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = time -> TimeUnit.MILLISECONDS.sleep(time.toMillis());

    private Builder() {}

    /**
     * Sets the address of the service; by default the public one, which is retired.
     *
     * @param newBaseUrl such as {@code http://127.0.0.1:8080/v1}; with or without a slash at its
     *     end
     */
    public Builder baseUrl(String newBaseUrl) {
      baseUrl = Objects.requireNonNull(newBaseUrl);
      return this;
    }

    /**
     * Sets what gives the ID token of the user; asked for each request, and by any thread. By
     * default there is none, and the caller is anonymous. If it gives null, or a text that no token
     * is, the call throws {@link io.github.idc4j.client.error.CredentialsException} and sends
     * nothing.
     */
    public Builder idToken(Supplier<String> newIdToken) {
      idToken = Optional.of(newIdToken);
      return this;
    }

    /**
     * Sets how many rows a page may have; by default 1000.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder pageSize(int newPageSize) {
      if (newPageSize < 1) {
        throw new IllegalArgumentException("A page size is positive, not " + newPageSize);
      }
      pageSize = newPageSize;
      return this;
    }

    /**
     * Sets how long a connection may take; by default 10 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration newConnectTimeout) {
      connectTimeout = positive("connect timeout", newConnectTimeout);
      return this;
    }

    /**
     * Sets how long an answer may be silent; by default 90 s. The service takes some 30 s before it
     * answers 202.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder readTimeout(Duration newReadTimeout) {
      readTimeout = positive("read timeout", newReadTimeout);
      return this;
    }

    /**
     * Sets how long one page may take, while the service answers 202; by default 10 min.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder totalTimeout(Duration newTotalTimeout) {
      totalTimeout = positive("total timeout", newTotalTimeout);
      return this;
    }

    /** Sets clock and sleeper, for tests. */
    Builder time(Clock newClock, Sleeper newSleeper) {
      clock = newClock;
      sleeper = newSleeper;
      return this;
    }

    /**
     * Returns the client; sends nothing.
     *
     * @throws IllegalArgumentException if the base URL is none or has more than a path, or if an ID
     *     token would go over plain http to another machine
     */
    public IdcClient build() {
      BaseUrl url = BaseUrl.parse(baseUrl);
      if (idToken.isPresent() && !url.mayHaveTokens()) {
        throw new IllegalArgumentException(
            "An ID token is not sent over plain http to "
                + url.url().host()
                + "; use an https base URL, or no ID token");
      }
      return new IdcClient(this, url);
    }

    private static Duration positive(String name, Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException("The " + name + " is positive, not " + time);
      }
      return time;
    }
  }
}
