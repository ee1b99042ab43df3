/** Tests of the reports. */
package io.github.idc4j.conformance.report;
