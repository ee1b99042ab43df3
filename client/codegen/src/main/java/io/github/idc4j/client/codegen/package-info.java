/** Extensions of the OpenAPI Generator. Only the build uses them. */
package io.github.idc4j.client.codegen;
