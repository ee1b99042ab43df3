/** Faults that can be seeded into the service, to prove that a check detects them. */
package io.github.idc4j.service.fault;
