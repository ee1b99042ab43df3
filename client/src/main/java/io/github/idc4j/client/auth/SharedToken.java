package io.github.idc4j.client.auth;

import io.github.idc4j.client.error.CredentialsException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token that several threads share. One background thread loads the token. All threads that wait
 * for it get the same result, even if loading fails; none of them waits for a second attempt.
 */
final class SharedToken {

  private @Nullable Token token;
  private @Nullable CompletableFuture<Token> loading;

  /**
   * A token.
   *
   * @param expiry null if the expiry is unknown
   */
  record Token(String text, @Nullable Instant expiry) {

    /** Returns the expiry only, so that logs do not contain the token. */
    @Override
    public String toString() {
      return "Token[expiry=" + expiry + "]";
    }
  }

  /**
   * Returns the current token if it is usable. Otherwise loads a new token and returns it.
   *
   * @param usable tests whether the current token is usable
   * @param loader loads a new token; runs on a separate thread, because the caller may stop waiting
   * @throws CredentialsException if the loader throws an exception, or if the calling thread is
   *     interrupted
   */
  String get(Predicate<Token> usable, Supplier<Token> loader) {
    CompletableFuture<Token> wanted;
    synchronized (this) {
      if (token != null && usable.test(token)) {
        return token.text();
      }
      if (loading == null) {
        loading = start(loader);
      }
      wanted = loading;
    }
    try {
      return wanted.get().text();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsException("The thread was interrupted while it waited for an ID token.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CredentialsException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new CredentialsException("No ID token: " + e.getCause(), e.getCause());
    }
  }

  private CompletableFuture<Token> start(Supplier<Token> loader) {
    CompletableFuture<Token> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                finish(result, loader.get(), null);
              } catch (RuntimeException | Error e) {
                finish(result, null, e);
              }
            },
            "idc4j-token");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private void finish(
      CompletableFuture<Token> result, @Nullable Token newToken, @Nullable Throwable thrown) {
    synchronized (this) {
      loading = null;
      if (newToken != null) {
        token = newToken;
      }
    }
    if (newToken != null) {
      result.complete(newToken);
    } else {
      result.completeExceptionally(thrown);
    }
  }
}
