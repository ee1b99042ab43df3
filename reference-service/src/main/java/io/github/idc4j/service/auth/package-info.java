/** Authentication: verifies ID tokens, and issues ID tokens for development. */
package io.github.idc4j.service.auth;
