/** Results of queries: rows that are computed once, and pages of them at the cost of their rows. */
package io.github.idc4j.service.result;
