package io.github.idc4j.client.auth;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Credentials that get their tokens from a supplier. */
final class SuppliedCredentials implements Credentials {

  private final Supplier<@Nullable String> supplier;

  SuppliedCredentials(Supplier<@Nullable String> supplier) {
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
    return "Credentials from a supplier";
  }
}
