package io.github.idc4j.conformance.mutant;

import java.util.function.Supplier;

/**
 * A service with one fault.
 *
 * @param id identifier
 * @param kind class of the fault
 * @param what the fault, in words
 * @param rule the rule that is to catch it first
 * @param behaviour what it does with requests; a new one for each run
 */
record Mutant(
    String id, String kind, String what, String rule, Supplier<Proxy.Behaviour> behaviour) {

  @Override
  public String toString() {
    return id;
  }
}
