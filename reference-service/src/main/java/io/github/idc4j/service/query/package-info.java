/** Queries: from filters to SQL, run once into a file, served page by page by token. */
package io.github.idc4j.service.query;
