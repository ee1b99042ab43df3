/** The data of a service: the seeded sample, and the catalogue of its columns. */
package io.github.idc4j.service.data;
