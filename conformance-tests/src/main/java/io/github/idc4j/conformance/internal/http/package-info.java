/** Sends requests to the service under test, and validates the responses against the spec. */
package io.github.idc4j.conformance.internal.http;
