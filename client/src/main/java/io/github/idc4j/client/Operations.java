package io.github.idc4j.client;

import io.github.idc4j.api.AccountApi;
import io.github.idc4j.api.CohortsApi;
import io.github.idc4j.api.MetadataApi;
import io.github.idc4j.client.internal.http.ErrorResponse;
import io.github.idc4j.client.internal.http.Failures;
import io.github.idc4j.client.internal.http.Operation;
import io.github.idc4j.client.internal.http.PreparedRequest;
import io.github.idc4j.client.internal.http.Transport;
import io.github.idc4j.client.internal.net.Secrets;
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
import io.github.idc4j.model.Filters;
import io.github.idc4j.model.SavedCohort;
import io.github.idc4j.model.User;
import io.github.idc4j.model.Version;
import io.github.idc4j.model.VersionList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;

/** The operations without pages. {@link IdcClient} and {@link AsyncIdcClient} share them. */
final class Operations {

  private final Transport transport;
  private final MetadataApi metadata;
  private final AccountApi account;
  private final CohortsApi cohorts;

  Operations(Transport transport, Retrofit retrofit) {
    this.transport = transport;
    this.metadata = retrofit.create(MetadataApi.class);
    this.account = retrofit.create(AccountApi.class);
    this.cohorts = retrofit.create(CohortsApi.class);
  }

  private <T> Operation<T> operation(Call<T> call, Class<T> type) {
    return transport.operation(PreparedRequest.of(call), type);
  }

  Operation<About> about() {
    return operation(metadata.getAbout(), About.class);
  }

  Operation<List<Version>> versions() {
    return operation(metadata.listVersions(), VersionList.class)
        .member("versions", VersionList::versions);
  }

  Operation<List<Collection>> collections() {
    return operation(metadata.listCollections(null), CollectionList.class)
        .member("collections", CollectionList::collections);
  }

  Operation<List<AnalysisResult>> analysisResults() {
    return operation(metadata.listAnalysisResults(null), AnalysisResultList.class)
        .member("analysisResults", AnalysisResultList::analysisResults);
  }

  Operation<List<DataSource>> attributes(@Nullable String dataSource) {
    return operation(metadata.listAttributes(dataSource), AttributeList.class)
        .member("data_sources", AttributeList::dataSources);
  }

  Operation<User> account() {
    return operation(account.getAccountDetails(), AccountDetails.class)
        .member("user_details", AccountDetails::userDetails);
  }

  Operation<List<Cohort>> cohorts() {
    return operation(cohorts.listCohorts(), CohortList.class)
        .member("cohorts", CohortList::cohorts);
  }

  Operation<CohortProperties> createCohort(CohortDefinition cohort) {
    Call<SavedCohort> call =
        cohorts.createCohort(
            new CohortRequest(
                cohort.name(), cohort.description(), new Filters(cohort.filterValues())));
    PreparedRequest request = PreparedRequest.of(call);
    return transport.operation(
        request, SavedCohort.class, (response, secrets) -> saved(request, response, secrets));
  }

  /**
   * Returns the properties of a saved cohort. The deployed service responds with status code 200
   * even if it did not save the cohort.
   */
  private static CohortProperties saved(
      PreparedRequest request, SavedCohort response, Secrets secrets) {
    CohortProperties saved = response.cohortProperties();
    if (saved == null) {
      throw Failures.missing(request.operation(), "cohort_properties");
    }
    if (saved.cohortId() == null) {
      throw ErrorResponse.notSaved(request, saved.code(), saved.message(), secrets).failure();
    }
    return saved;
  }

  Operation<DeletedCohort> deleteCohort(long cohortId) {
    PreparedRequest request = PreparedRequest.of(cohorts.deleteCohort(cohortId));
    return transport
        .operation(request, DeletedCohorts.class)
        .member("cohorts", DeletedCohorts::cohorts)
        .map(
            deleted ->
                deleted.stream()
                    .findFirst()
                    .orElseThrow(() -> Failures.missing(request.operation(), "cohort in cohorts")));
  }

  Operation<List<DeletedCohort>> deleteCohorts(long... cohortIds) {
    if (cohortIds.length == 0) {
      throw new IllegalArgumentException("There is no cohort to delete. Pass at least one ID.");
    }
    return operation(
            cohorts.deleteCohorts(
                new CohortDeletionRequest(Arrays.stream(cohortIds).boxed().toList())),
            DeletedCohorts.class)
        .member("cohorts", DeletedCohorts::cohorts);
  }
}
