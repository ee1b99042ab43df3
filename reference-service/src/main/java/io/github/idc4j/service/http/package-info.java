/**
 * The HTTP interface of the service: routes, one resource class for each group of operations, error
 * responses and headers.
 */
package io.github.idc4j.service.http;
