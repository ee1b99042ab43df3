/**
 * The data of the service: the sample data, and the catalogue of attributes and manifest columns.
 */
package io.github.idc4j.service.data;
