/** Where a service keeps accounts, cohorts, the keys of tokens, and results. */
package io.github.idc4j.service.state;
