/** The interface to the engine that runs queries, and its implementation with DuckDB. */
package io.github.idc4j.service.engine;
