/** Comparisons of the client with other ways to do its work, side by side in one run. */
package io.github.idc4j.benchmarks;
