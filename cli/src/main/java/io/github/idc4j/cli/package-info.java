/** The {@code idc4j} command. */
package io.github.idc4j.cli;
