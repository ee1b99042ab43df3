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
 * Provides the operations of {@link IdcClient} as futures. Immutable and safe for use by several
 * threads.
 *
 * <p>If an operation fails, its future completes exceptionally, with the {@link
 * io.github.idc4j.client.error.IdcException} that the {@code IdcClient} method with the same name
 * throws. If you cancel a future, its request ends. The request also ends if you complete the
 * future early in another way, for example with {@code orTimeout}. If you cancel a future that you
 * derived from this future, for example with {@code thenApply}, the request continues.
 *
 * <p>If you add an action to a future without passing an executor, the action runs on a thread of
 * the client. If the future is already complete, the action runs on your thread.
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

  /** Works like {@link IdcClient#about}. */
  public CompletableFuture<About> about() {
    return operations.about().submit();
  }

  /** Works like {@link IdcClient#versions}. */
  public CompletableFuture<List<Version>> versions() {
    return operations.versions().submit();
  }

  /** Works like {@link IdcClient#collections}. */
  public CompletableFuture<List<Collection>> collections() {
    return operations.collections().submit();
  }

  /** Works like {@link IdcClient#analysisResults}. */
  public CompletableFuture<List<AnalysisResult>> analysisResults() {
    return operations.analysisResults().submit();
  }

  /** Works like {@link IdcClient#attributes()}. */
  public CompletableFuture<List<DataSource>> attributes() {
    return operations.attributes(null).submit();
  }

  /** Works like {@link IdcClient#attributes(String)}. */
  public CompletableFuture<List<DataSource>> attributes(String dataSource) {
    return operations.attributes(dataSource).submit();
  }

  /** Works like {@link IdcClient#account}. */
  public CompletableFuture<User> account() {
    return operations.account().submit();
  }

  /** Works like {@link IdcClient#cohorts}. */
  public CompletableFuture<List<Cohort>> cohorts() {
    return operations.cohorts().submit();
  }

  /**
   * Works like {@link IdcClient#createCohort}. If you cancel the future, the service may still save
   * the cohort.
   */
  public CompletableFuture<CohortProperties> createCohort(CohortDefinition cohort) {
    return operations.createCohort(cohort).submit();
  }

  /**
   * Works like {@link IdcClient#deleteCohort}. If you cancel the future, the service may still
   * delete the cohort.
   */
  public CompletableFuture<DeletedCohort> deleteCohort(long cohortId) {
    return operations.deleteCohort(cohortId).submit();
  }

  /**
   * Works like {@link IdcClient#deleteCohorts}. If you cancel the future, the service may still
   * delete some or all of the cohorts.
   */
  public CompletableFuture<List<DeletedCohort>> deleteCohorts(long... cohortIds) {
    return operations.deleteCohorts(cohortIds).submit();
  }

  /** Works like {@link IdcClient#previewManifest}. Sends no request. */
  public AsyncPaged<ManifestRow> previewManifest(
      CohortDefinition cohort, ManifestColumn... columns) {
    return client.previewManifest(cohort, columns).async();
  }

  /** Works like {@link IdcClient#manifest}. Sends no request. */
  public AsyncPaged<ManifestRow> manifest(long cohortId, ManifestColumn... columns) {
    return client.manifest(cohortId, columns).async();
  }

  /** Works like {@link IdcClient#previewQuery}. Sends no request. */
  public AsyncPaged<QueryRow> previewQuery(CohortDefinition cohort, QueryField... fields) {
    return client.previewQuery(cohort, fields).async();
  }

  /** Works like {@link IdcClient#query}. Sends no request. */
  public AsyncPaged<QueryRow> query(long cohortId, QueryField... fields) {
    return client.query(cohortId, fields).async();
  }

  /** Works like {@link IdcClient#dicomMetadata}. Sends no request. */
  public AsyncPaged<DicomMetadataRow> dicomMetadata() {
    return client.dicomMetadata().async();
  }
}
