package io.github.idc4j.service.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the keys of an issuer, from the URL that its {@code /.well-known/openid-configuration}
 * names.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** The maximum time that a request waits while another request fetches the keys. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** The timeout of connecting, and of each read. Requests wait for it. */
  private static final int TIMEOUT_MILLIS = 2000;

  private static final int MAX_BYTES = 1 << 18;

  private final URI issuer;
  private final DefaultResourceRetriever http =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
  private volatile Optional<URI> keys = Optional.empty();
  private volatile boolean reachable;

  IssuerKeys(URI issuer) {
    this.issuer = issuer;
  }

  /** Returns whether the last attempt to fetch the keys succeeded. */
  boolean isReachable() {
    return reachable;
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      if (keys.isEmpty()) {
        keys = Optional.of(discover());
      }
      JWKSet found = JWKSet.parse(content(keys.get()));
      reachable = true;
      return found;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      reachable = false;
      // The issuer may have moved its keys.
      keys = Optional.empty();
      LOG.warn("Cannot fetch the keys of the issuer {}: {}", issuer, e.toString());
      throw new JWKSetRetrievalException("Cannot fetch the keys of the issuer " + issuer, e);
    }
  }

  private URI discover() throws IOException, ParseException {
    String path = issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration";
    Map<String, Object> configuration = JSONObjectUtils.parse(content(URI.create(path)));
    String name = JSONObjectUtils.getString(configuration, "issuer");
    if (!issuer.toString().equals(name)) {
      throw new IOException(path + " belongs to another issuer, " + name);
    }
    URI found = JSONObjectUtils.getURI(configuration, "jwks_uri");
    if (found == null
        || !("https".equals(found.getScheme()) || Loopback.isHttpUrl(found.toString()))) {
      throw new IOException("The jwks_uri in " + path + " is not an https URL");
    }
    return found;
  }

  private String content(URI url) throws IOException {
    return http.retrieveResource(url.toURL()).getContent();
  }

  @Override
  public void close() {
    // There is nothing to close: each request has its own connection.
  }
}
