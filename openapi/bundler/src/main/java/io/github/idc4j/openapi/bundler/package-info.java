/** Build-only: joins the hand-written spec files and the attribute catalogue into one document. */
package io.github.idc4j.openapi.bundler;
