/** Queries: compiles filters to SQL, runs each query once, and keeps the results within limits. */
package io.github.idc4j.service.query;
