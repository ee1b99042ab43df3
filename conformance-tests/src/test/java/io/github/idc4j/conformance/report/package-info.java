/** What the reports tell. */
package io.github.idc4j.conformance.report;
