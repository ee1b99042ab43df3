/**
 * Queries: compiles filters to SQL, runs each query once, keeps its rows in a file, and reads them
 * page by page.
 */
package io.github.idc4j.service.query;
