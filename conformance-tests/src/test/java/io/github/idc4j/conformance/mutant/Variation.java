package io.github.idc4j.conformance.mutant;

import java.util.function.Supplier;

/** A service with a legal variation: unusual, but within the contract. */
record Variation(String what, Proxy.Encoding encoding, Supplier<Proxy.Behaviour> behaviour) {

  @Override
  public String toString() {
    return what;
  }
}
