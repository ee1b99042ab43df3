/** Makes the site: a folder of static pages that opens from disk. */
package io.github.idc4j.site;
