/**
 * Decodes rows fast. Each row is compared with the bytes of the previous row, and only values that
 * differ are decoded. Moshi decodes every row that this package does not recognize.
 *
 * <p>The generated models use these classes. This package depends only on Moshi, Okio and the JDK.
 */
@NullMarked
package io.github.idc4j.client.internal.json;

import org.jspecify.annotations.NullMarked;
