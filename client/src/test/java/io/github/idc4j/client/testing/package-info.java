/** Fakes for tests of programs that use the client. */
package io.github.idc4j.client.testing;
