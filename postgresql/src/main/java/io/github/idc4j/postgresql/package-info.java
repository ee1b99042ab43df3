/** Keeps accounts, cohorts and the keys of tokens in PostgreSQL. */
package io.github.idc4j.postgresql;
