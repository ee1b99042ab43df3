/** Accounts and their saved cohorts. */
package io.github.idc4j.service.cohort;
