/**
 * Compares two versions of the spec and detects breaking changes. Only the build uses this package.
 */
package io.github.idc4j.openapi.gate;
