package io.github.idc4j.conformance;

import io.github.idc4j.conformance.http.Api;
import io.github.idc4j.conformance.http.Bearer;
import io.github.idc4j.conformance.http.Call;
import io.github.idc4j.conformance.http.Exchange;
import io.github.idc4j.conformance.http.Gate;
import io.github.idc4j.conformance.http.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** The service under test: where it is, who may call it, and what was found out about it. */
public final class Target {

  /** The seed of a run that was given none. */
  static final long SEED = 1;

  /** How long a query may answer 202; the deployed service waited 30 s before each. */
  static final Duration MAX_WAIT = Duration.ofMinutes(10);

  private static final ThreadLocal<Target> CURRENT = new ThreadLocal<>();

  private final URI baseUrl;
  private final Optional<URI> acceptedBaseUrl;
  private final Api api;
  private final Gate gate;
  private final Facts facts;
  private final Leftovers leftovers;
  private final Duration maxWait;
  private final long seed;
  private final List<String> seen = new ArrayList<>();
  private final Set<String> endless = new HashSet<>();
  private boolean silent;
  private boolean gone;
  private boolean failed;
  private boolean stopsAtFailure;
  private boolean ofEnvironment;
  private int writes;

  /**
   * Sends nothing yet.
   *
   * @param safeAge from which age on the cohorts of other runs are removed
   */
  Target(
      URI baseUrl,
      Optional<URI> acceptedBaseUrl,
      Map<Bearer, String> tokens,
      Gate gate,
      Patience patience,
      Duration maxWait,
      long seed,
      Duration safeAge) {
    this.baseUrl = baseUrl;
    this.acceptedBaseUrl = acceptedBaseUrl;
    this.api = new Api(tokens, gate, patience);
    this.gate = gate;
    this.facts = new Facts(this);
    this.maxWait = maxWait;
    this.seed = seed;
    this.leftovers = new Leftovers(baseUrl, gate, () -> new Api(tokens, gate, patience), safeAge);
  }

  /**
   * Returns the target of the run in this thread; where there is none, the one that the environment
   * names by {@code IDC4J_BASE_URL}, {@code IDC4J_ACCEPTED_BASE_URL} and the tokens' variables,
   * {@code IDC4J_TOKEN} and so on. Only a service of this machine is written to, or any if {@code
   * IDC4J_ALLOW_WRITES} is {@code true}. {@code IDC4J_SEED} is the seed, {@value #SEED} if it is
   * not set.
   *
   * @throws IllegalStateException if there is neither, or a variable has no good value
   */
  public static Target current() {
    if (CURRENT.get() == null) {
      CURRENT.set(ofEnvironment(System.getenv()));
    }
    return CURRENT.get();
  }

  /** As {@link #current} says. */
  static Target ofEnvironment(Map<String, String> environment) {
    URI url =
        url(environment, "IDC4J_BASE_URL")
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "No service to check: set IDC4J_BASE_URL, such as " + BaseUrl.EXAMPLE));
    String seed = environment.getOrDefault("IDC4J_SEED", "" + SEED);
    if (!seed.matches("-?\\d{1,18}")) {
      throw new IllegalStateException("IDC4J_SEED must be a whole number, not " + seed);
    }
    Target target =
        new Target(
            url,
            url(environment, "IDC4J_ACCEPTED_BASE_URL"),
            tokens(environment),
            Gate.unbounded(
                BaseUrl.isLoopback(url) || "true".equals(environment.get("IDC4J_ALLOW_WRITES"))),
            Patience.USUAL,
            MAX_WAIT,
            Long.parseLong(seed),
            Leftovers.SAFE_AGE);
    target.ofEnvironment = true;
    return target;
  }

  private static Map<Bearer, String> tokens(Map<String, String> environment) {
    Map<Bearer, String> tokens = new EnumMap<>(Bearer.class);
    for (Bearer bearer : Bearer.GIVEN) {
      String token = environment.get(bearer.variable());
      if (token != null) {
        tokens.put(bearer, token);
      }
    }
    return tokens;
  }

  private static Optional<URI> url(Map<String, String> environment, String name) {
    try {
      return Optional.ofNullable(environment.get(name))
          .filter(text -> !text.isBlank())
          .map(text -> BaseUrl.parse(name, text));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Sets the target of this thread, or none, and returns the one before. */
  static Target replaceCurrent(Target target) {
    Target before = CURRENT.get();
    CURRENT.set(target);
    return before;
  }

  /** Returns whether the checks are the tests of a build, and no run makes verdicts of them. */
  public boolean isOfEnvironment() {
    return ofEnvironment;
  }

  /** Returns the address of the service, without a final slash. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** Returns where the same service answers 202 before each first page, if that is known. */
  public Optional<URI> acceptedBaseUrl() {
    return acceptedBaseUrl;
  }

  /** Returns what sends the requests. */
  public Api api() {
    return api;
  }

  /** Returns what was found out about the service's data. */
  public Facts facts() {
    return facts;
  }

  /** Returns what removes the cohorts that the run could not delete. */
  public Leftovers leftovers() {
    return leftovers;
  }

  /** Returns how long a query may answer 202. */
  public Duration maxWait() {
    return maxWait;
  }

  /**
   * Returns a source of choices: the same seed and purpose give the same choices, whatever else the
   * run has.
   */
  public Random random(String purpose) {
    return new Random(seed * 31 + purpose.hashCode());
  }

  /** Forgets what the check before did. */
  public void begin() {
    api.begin();
    seen.clear();
  }

  /** Notes what a check saw, where either way is right. */
  public void saw(String what) {
    seen.add(what);
  }

  /**
   * Returns what the check saw, where either way is right; empty text where there was no choice.
   */
  String seen() {
    return String.join("; ", seen);
  }

  /** Makes the checks that come after a failure be skipped. */
  void stopAtFailure() {
    stopsAtFailure = true;
  }

  /** Notes that a check failed. */
  void noteFailure() {
    failed = true;
  }

  /** Returns whether no more is to be checked, as one check failed. */
  public boolean isStopped() {
    return failed && stopsAtFailure;
  }

  /** Notes that a request was not answered. */
  void fallSilent() {
    silent = true;
  }

  /** Returns whether the service is there; asks it if it left a request unanswered. */
  public boolean isThere() {
    if (silent && !gone) {
      silent = false;
      try {
        sendAside(Call.get("/about"));
      } catch (Exception e) {
        // REST Assured throws what its HTTP client throws, without declaring it.
        gone = true;
      }
    }
    return !gone;
  }

  /** Notes that queries of a family answer 202 for ever at an address. */
  void neverEnds(URI address, Family family) {
    endless.add(address + " " + family);
  }

  /** Skips the check if queries of a family answer 202 for ever, which another check tells. */
  void assumeEnds(URI address, Family family) {
    Assumptions.assumeFalse(
        endless.contains(address + " " + family),
        () ->
            "queries of the " + family + " family answer 202 for ever, as a check before it tells");
  }

  /** Waits; skips the check if the run's time ends before. */
  void pause(Duration time) {
    gate.pause(time);
  }

  /** Sends a request to the service. */
  public Exchange send(Call call) {
    return send(baseUrl, call);
  }

  /** Sends a request to an address of the service. */
  public Exchange send(URI address, Call call) {
    Exchange exchange = sendUnjudged(address, call);
    api.judge(exchange);
    return exchange;
  }

  /** Returns the number of requests so far that could change something. */
  int writes() {
    return writes;
  }

  /** Sends a request whose answer the spec says nothing of. */
  public Exchange sendUnjudged(Call call) {
    return sendUnjudged(baseUrl, call);
  }

  /** Sends a request to an address of the service without holding the answer against the spec. */
  public Exchange sendUnjudged(URI address, Call call) {
    if (!call.isReading()) {
      writes++;
    }
    if (!call.isSaving() || !gate.writes()) {
      return api.sendUnjudged(address, call);
    }
    leftovers.saving(call.bearer());
    Exchange exchange = api.sendUnjudged(address, call);
    JsonNode id = exchange.json().at("/cohort_properties/cohort_id");
    if (id.isIntegralNumber()) {
      leftovers.saved(call.bearer(), id.asLong());
    }
    return exchange;
  }

  /** Sends a request that is no part of a check. */
  Exchange sendAside(Call call) {
    return api.sendAside(baseUrl, call);
  }

  /** Deletes a cohort that a check saved, whatever became of the check. */
  public void delete(Bearer saver, long id) {
    writes++;
    sendAside(Call.delete("/cohorts/" + id).as(saver));
    leftovers.deleted(id);
  }
}
