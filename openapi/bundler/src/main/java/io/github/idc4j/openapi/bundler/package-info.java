/**
 * Bundles the hand-written spec files and the attribute catalogue into one OpenAPI document. Only
 * the build uses this package.
 */
package io.github.idc4j.openapi.bundler;
