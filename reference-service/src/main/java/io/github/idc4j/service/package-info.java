/** The reference service: start, address, close. */
package io.github.idc4j.service;
