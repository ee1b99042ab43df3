/** Build-only: what the OpenAPI Generator needs of our own. */
package io.github.idc4j.client.codegen;
