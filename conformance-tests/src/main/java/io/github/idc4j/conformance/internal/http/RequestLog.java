package io.github.idc4j.conformance.internal.http;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The requests that one check sent. */
public final class RequestLog {

  private final Curl curl;
  private final ValueSources sources = new ValueSources();
  private final Map<ApiRequest, Integer> contents = new HashMap<>();
  private final Set<String> operations = new TreeSet<>();
  private Optional<Sent> last = Optional.empty();

  /**
   * A request that a check sent.
   *
   * @param exchange the request with its response; empty if there is no response
   * @param commands returns shell commands that send the request again
   */
  public record Sent(
      URI baseUrl, ApiRequest request, Optional<Exchange> exchange, Supplier<String> commands) {

    /** Returns shell commands that send the request again. */
    public String curl() {
      return commands.get();
    }
  }

  RequestLog(Network network) {
    curl = new Curl(network);
  }

  /** Returns the latest request, or empty if the check has sent no request. */
  public Optional<Sent> last() {
    return last;
  }

  /** Returns the identifiers of the operations that the check called. */
  public Set<String> operations() {
    return Set.copyOf(operations);
  }

  /** Records a response of an earlier check, because a later request may use one of its values. */
  public void recall(URI baseUrl, Exchange exchange) {
    sources.learn(baseUrl, exchange);
  }

  void calls(String operation) {
    operations.add(operation);
  }

  void sending(URI baseUrl, ApiRequest request) {
    Step step = sources.step(baseUrl, request);
    last = Optional.of(new Sent(baseUrl, request, Optional.empty(), () -> curl.once(step)));
  }

  void received(URI baseUrl, Exchange exchange) {
    ApiRequest request = exchange.request();
    Integer before = contents.putIfAbsent(request, exchange.content());
    // If the response to a repeated request changed, only commands that send it twice show this.
    boolean isTwice = before != null && before != exchange.content();
    Step step = sources.step(baseUrl, request);
    last =
        Optional.of(
            new Sent(
                baseUrl,
                request,
                Optional.of(exchange),
                () -> isTwice ? curl.twice(step) : curl.once(step)));
    sources.learn(baseUrl, exchange);
  }
}
