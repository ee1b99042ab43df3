package io.github.idc4j.conformance.mutant;

import java.util.function.Supplier;

/** A service that is odd, but keeps to the contract. */
record Oddity(String what, Proxy.Encoding encoding, Supplier<Proxy.Behaviour> behaviour) {

  @Override
  public String toString() {
    return what;
  }
}
