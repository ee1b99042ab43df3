/**
 * Exports results of version 1 as text and files. This package depends only on the public API of
 * the client and on the specification. An {@link IllegalArgumentException} has a message for the
 * user of the command.
 */
package io.github.idc4j.cli.export;
