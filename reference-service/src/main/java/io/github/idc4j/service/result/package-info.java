/**
 * Results of queries. The rows of a result are computed once and can be read page by page. The time
 * to read a page depends on the size of the page, not on the size of the result.
 */
package io.github.idc4j.service.result;
