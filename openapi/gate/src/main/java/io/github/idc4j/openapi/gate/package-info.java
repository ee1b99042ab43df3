/** Compares two states of the document; runs inside the build and never reaches a user. */
package io.github.idc4j.openapi.gate;
