/** Requests to the service under test, each answer held against the spec. */
package io.github.idc4j.conformance.http;
