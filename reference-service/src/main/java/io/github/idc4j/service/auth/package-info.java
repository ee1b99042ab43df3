/** Who calls: verifies ID tokens, and issues some for development. */
package io.github.idc4j.service.auth;
