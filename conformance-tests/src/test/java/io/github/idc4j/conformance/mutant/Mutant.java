package io.github.idc4j.conformance.mutant;

import java.util.function.Supplier;

/**
 * A service with one fault.
 *
 * @param id identifier
 * @param kind class of the fault
 * @param what description of the fault
 * @param rule rule that must detect it first
 * @param behaviour creates the behaviour, anew for each run
 */
record Mutant(
    String id, String kind, String what, String rule, Supplier<Proxy.Behaviour> behaviour) {

  @Override
  public String toString() {
    return id;
  }
}
