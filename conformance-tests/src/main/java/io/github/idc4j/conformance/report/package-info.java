/** Reports of runs: on the console, as JUnit XML, as an HTML page. */
package io.github.idc4j.conformance.report;
