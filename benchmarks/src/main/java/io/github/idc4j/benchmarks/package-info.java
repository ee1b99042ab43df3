/** Benchmarks that compare the client and the service with other ways to do their work. */
package io.github.idc4j.benchmarks;
