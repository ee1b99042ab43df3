/** Faults that a service can be started with, to prove that a check catches them. */
package io.github.idc4j.service.fault;
