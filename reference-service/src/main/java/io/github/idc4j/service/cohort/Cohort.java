package io.github.idc4j.service.cohort;

/**
 * A saved cohort.
 *
 * @param id the ID of the cohort; the first cohort has the ID 1
 * @param owner the e-mail address of the owner
 * @param description the description; null if the cohort was saved with an empty description
 * @param filters the filters from the request that saved the cohort, as JSON
 * @param deleted whether the cohort was deleted; the ID of a deleted cohort is not used again
 */
public record Cohort(
    long id, String owner, String name, String description, String filters, boolean deleted) {}
