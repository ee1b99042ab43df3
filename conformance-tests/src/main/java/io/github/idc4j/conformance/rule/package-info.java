/** The rules that a service must, should or may satisfy, as data. */
package io.github.idc4j.conformance.rule;
