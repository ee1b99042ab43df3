/** The IDC REST API, version 1, over DuckDB. */
package io.github.idc4j.service;
