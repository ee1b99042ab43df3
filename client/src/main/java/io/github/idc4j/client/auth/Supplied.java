package io.github.idc4j.client.auth;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Credentials that something else keeps. */
final class Supplied implements Credentials {

  private final Supplier<@Nullable String> supplier;

  Supplied(Supplier<@Nullable String> supplier) {
    this.supplier = Objects.requireNonNull(supplier);
  }

  @Override
  public @Nullable String idToken() {
    return supplier.get();
  }

  @Override
  public boolean renew(String refused) {
    String token = supplier.get();
    return token != null && !token.equals(refused);
  }

  @Override
  public String toString() {
    return "Credentials of a supplier";
  }
}
