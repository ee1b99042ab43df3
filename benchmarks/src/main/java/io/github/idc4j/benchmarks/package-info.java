/** Benchmarks that compare the client with other ways to fetch and decode pages. */
package io.github.idc4j.benchmarks;
