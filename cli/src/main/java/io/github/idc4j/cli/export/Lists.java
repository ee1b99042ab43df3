package io.github.idc4j.cli.export;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.model.AnalysisResult;
import io.github.idc4j.model.Cohort;
import io.github.idc4j.model.Collection;
import io.github.idc4j.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The lists of version 1 as tables. The fields have their names in the API. */
public final class Lists {

  private static final List<Column<Collection>> COLLECTION =
      List.of(
          Column.text("collection_id", Collection::collectionId).inSummary(),
          Column.integer("subject_count", Collection::subjectCount).inSummary(),
          Column.text("image_types", Collection::imageTypes).inSummary(),
          Column.text("cancer_type", Collection::cancerType).inSummary(),
          Column.text("location", Collection::location).inSummary(),
          Column.text("species", Collection::species),
          Column.text("supporting_data", Collection::supportingData),
          Column.text("date_updated", Collection::dateUpdated),
          Column.text("doi", Collection::doi),
          Column.text("description", Collection::description));

  private static final List<Column<AnalysisResult>> ANALYSIS_RESULT =
      List.of(
          Column.text("doi", AnalysisResult::doi).inSummary(),
          Column.integer("subject_count", AnalysisResult::subjectCount).inSummary(),
          Column.text("analysisArtifacts", AnalysisResult::analysisArtifacts).inSummary(),
          Column.text("location", AnalysisResult::location).inSummary(),
          Column.text("cancer_type", AnalysisResult::cancerType),
          Column.text("collections", AnalysisResult::collections).inSummary(),
          Column.flag("active", AnalysisResult::active),
          Column.list("idc_data_versions", AnalysisResult::idcDataVersions),
          Column.text("date_updated", AnalysisResult::dateUpdated),
          Column.text("description", AnalysisResult::description));

  private static final List<Column<Version>> VERSION =
      List.of(
          Column.text("idc_data_version", Version::idcDataVersion).inSummary(),
          Column.text("date_active", Version::dateActive).inSummary(),
          Column.flag("active", Version::active).inSummary());

  private static final List<Column<FilterAttribute>> ATTRIBUTE =
      List.of(
          Column.text("name", FilterAttribute::name).inSummary(),
          Column.text("data_type", FilterAttribute::dataType).inSummary(),
          Column.text("units", FilterAttribute::units).inSummary(),
          Column.text("description", FilterAttribute::description).inSummary(),
          Column.text("data_source", FilterAttribute::dataSource),
          Column.flag("active", FilterAttribute::active));

  private static final List<Column<ValueCount>> VALUE =
      List.of(
          Column.text("value", ValueCount::value).inSummary(),
          Column.integer("series", ValueCount::series).inSummary());

  private static final List<Column<Cohort>> COHORT =
      List.of(
          Column.integer("cohort_id", Cohort::cohortId).inSummary(),
          Column.text("name", Cohort::name).inSummary(),
          Column.text("description", Cohort::description).inSummary(),
          Column.text("owner", Cohort::owner),
          Column.text("permission", Cohort::permission),
          Column.text("idc_data_version", cohort -> cohort.filterSet().idcDataVersion()),
          Column.text("filters", Lists::filters).inSummary());

  private Lists() {}

  /** Requests the collections. */
  public static Table<Collection> collections(IdcClient client) {
    return new Table<>(COLLECTION, client.collections());
  }

  /** Requests the analysis results. */
  public static Table<AnalysisResult> analysisResults(IdcClient client) {
    return new Table<>(ANALYSIS_RESULT, client.analysisResults());
  }

  /** Requests the data releases. */
  public static Table<Version> versions(IdcClient client) {
    return new Table<>(VERSION, client.versions());
  }

  /** Returns attributes. */
  public static Table<FilterAttribute> attributes(List<FilterAttribute> attributes) {
    return new Table<>(ATTRIBUTE, attributes);
  }

  /** Returns the values of an attribute. */
  public static Table<ValueCount> values(List<ValueCount> values) {
    return new Table<>(VALUE, values);
  }

  /** Requests the saved cohorts of the user. */
  public static Table<Cohort> cohorts(IdcClient client) {
    return new Table<>(COHORT, client.cohorts());
  }

  /**
   * Returns a saved cohort with the number of its series.
   *
   * @param series the number; empty if it is unknown
   */
  public static Table<Cohort> cohort(Cohort cohort, OptionalLong series) {
    List<Column<Cohort>> columns = new ArrayList<>(COHORT);
    columns.add(Column.integer("series", each -> series.isPresent() ? series.getAsLong() : null));
    return new Table<>(columns, List.of(cohort));
  }

  private static Map<String, List<Object>> filters(Cohort cohort) {
    return cohort.filterSet().filters();
  }
}
