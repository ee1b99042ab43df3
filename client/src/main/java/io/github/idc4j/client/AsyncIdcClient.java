package io.github.idc4j.client;

import io.github.idc4j.client.paging.AsyncPaged;
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
import java.util.concurrent.CompletableFuture;

/**
 * The operations of {@link IdcClient} as futures. Immutable and safe for use by several threads.
 *
 * <p>A future completes with the result, or exceptionally with the {@link
 * io.github.idc4j.client.error.IdcException} that the method of the same name throws. Canceling the
 * future ends the request; so does any other way to complete it early, such as {@code orTimeout}.
 * Futures that you derive from it do not pass a cancellation on. Dependent actions run on a thread
 * of the client, unless you pass an executor of your own.
 *
 * <pre>{@code
 * client.async().collections().thenAccept(collections -> show(collections));
 * }</pre>
 */
public final class AsyncIdcClient {

  private final Operations operations;
  private final IdcClient client;

  AsyncIdcClient(Operations operations, IdcClient client) {
    this.operations = operations;
    this.client = client;
  }

  /** Like {@link IdcClient#about}. */
  public CompletableFuture<About> about() {
    return operations.about().submit();
  }

  /** Like {@link IdcClient#versions}. */
  public CompletableFuture<List<Version>> versions() {
    return operations.versions().submit();
  }

  /** Like {@link IdcClient#collections}. */
  public CompletableFuture<List<Collection>> collections() {
    return operations.collections().submit();
  }

  /** Like {@link IdcClient#analysisResults}. */
  public CompletableFuture<List<AnalysisResult>> analysisResults() {
    return operations.analysisResults().submit();
  }

  /** Like {@link IdcClient#attributes()}. */
  public CompletableFuture<List<DataSource>> attributes() {
    return operations.attributes(null).submit();
  }

  /** Like {@link IdcClient#attributes(String)}. */
  public CompletableFuture<List<DataSource>> attributes(String dataSource) {
    return operations.attributes(dataSource).submit();
  }

  /** Like {@link IdcClient#account}. */
  public CompletableFuture<User> account() {
    return operations.account().submit();
  }

  /** Like {@link IdcClient#cohorts}. */
  public CompletableFuture<List<Cohort>> cohorts() {
    return operations.cohorts().submit();
  }

  /** Like {@link IdcClient#createCohort}. A canceled request may still have saved the cohort. */
  public CompletableFuture<CohortProperties> createCohort(CohortDefinition cohort) {
    return operations.createCohort(cohort).submit();
  }

  /** Like {@link IdcClient#deleteCohort}. A canceled request may still have deleted the cohort. */
  public CompletableFuture<DeletedCohort> deleteCohort(long cohortId) {
    return operations.deleteCohort(cohortId).submit();
  }

  /** Like {@link IdcClient#deleteCohorts}. A canceled request may still have deleted cohorts. */
  public CompletableFuture<List<DeletedCohort>> deleteCohorts(long... cohortIds) {
    return operations.deleteCohorts(cohortIds).submit();
  }

  /** Like {@link IdcClient#previewManifest}; sends no request. */
  public AsyncPaged<ManifestRow> previewManifest(
      CohortDefinition cohort, ManifestColumn... columns) {
    return client.previewManifest(cohort, columns).async();
  }

  /** Like {@link IdcClient#manifest}; sends no request. */
  public AsyncPaged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return client.manifest(cohortId, columns).async();
  }

  /** Like {@link IdcClient#previewQuery}; sends no request. */
  public AsyncPaged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    return client.previewQuery(cohort, fields).async();
  }

  /** Like {@link IdcClient#query}; sends no request. */
  public AsyncPaged<QueryRow> query(long cohortId, QueryField... fields) {
    return client.query(cohortId, fields).async();
  }

  /** Like {@link IdcClient#dicomMetadata}; sends no request. */
  public AsyncPaged<DicomMetadataRow> dicomMetadata() {
    return client.dicomMetadata().async();
  }
}
