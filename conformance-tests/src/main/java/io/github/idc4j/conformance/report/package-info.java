/** Reports of runs: on the console, and in files for people, CI servers and programs. */
package io.github.idc4j.conformance.report;
