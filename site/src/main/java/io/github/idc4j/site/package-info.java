/** Generates the documentation site: a folder of static pages that a browser can open from disk. */
package io.github.idc4j.site;
