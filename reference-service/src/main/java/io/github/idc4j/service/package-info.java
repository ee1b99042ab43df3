/** Starts and stops the reference service. */
package io.github.idc4j.service;
