package io.github.idc4j.service.cohort;

/**
 * A saved cohort.
 *
 * @param id its identifier, from 1
 * @param owner e-mail address of its owner
 * @param description null where it was saved empty
 * @param filters the filters of the request, as JSON
 * @param deleted whether it was deleted; its identifier is not used again
 */
public record Cohort(
    long id, String owner, String name, String description, String filters, boolean deleted) {}
