/** The seam to what runs queries: DuckDB in this process. */
package io.github.idc4j.service.engine;
