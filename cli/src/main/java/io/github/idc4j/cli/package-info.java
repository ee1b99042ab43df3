/** The command idc4j. */
package io.github.idc4j.cli;
