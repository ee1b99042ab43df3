/** Requests to the service under test, and validation of its responses against the spec. */
package io.github.idc4j.conformance.internal.http;
