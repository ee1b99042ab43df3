/** The files of the contract of the IDC REST API, version 1. */
package io.github.idc4j.openapi;
