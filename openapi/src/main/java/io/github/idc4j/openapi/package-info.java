/** The contract of the IDC REST API, version 1, as data. */
package io.github.idc4j.openapi;
