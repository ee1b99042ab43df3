/** The service over HTTP: routes, one handler a resource, error bodies, headers. */
package io.github.idc4j.service.http;
