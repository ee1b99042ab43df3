/** The data a service answers from: the seeded sample, and the catalogue that names its columns. */
package io.github.idc4j.service.data;
