/** Extensions of the OpenAPI Generator; used only by the build. */
package io.github.idc4j.client.codegen;
