/**
 * Signs a user in with a browser: the authorization code flow of OpenID Connect with PKCE (RFC
 * 7636) and a loopback redirect (RFC 8252).
 */
package io.github.idc4j.cli.login;
