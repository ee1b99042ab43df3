package io.github.idc4j.bucket;

import io.github.idc4j.service.bucket.ObjectLister;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Lists objects in S3 buckets with ListObjectsV2. The requests are not signed, so the buckets must
 * be public. Each response has up to 1,000 objects.
 */
final class S3ObjectLister implements ObjectLister {

  /** The region of the public buckets of IDC. Other S3 servers ignore it. */
  private static final Region REGION = Region.US_EAST_1;

  /** The server of the public buckets of IDC. */
  private static final URI PUBLIC = URI.create("https://s3." + REGION.id() + ".amazonaws.com");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private static final int ATTEMPTS = 4;
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final S3Client client;

  S3ObjectLister(Optional<URI> endpoint) {
    URI server = endpoint.orElse(PUBLIC);
    client =
        S3Client.builder()
            .region(REGION)
            // Environment variables could change these settings otherwise.
            .endpointOverride(server)
            .fipsEnabled(false)
            .dualstackEnabled(false)
            // Other servers than AWS rarely have a host name for each bucket.
            .forcePathStyle(endpoint.isPresent())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().proxyConfiguration(proxyFor(server)))
            .overrideConfiguration(
                settings ->
                    settings
                        // Ignore the AWS configuration files of the user.
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(
                            StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build())
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(TIMEOUT))
            .build();
  }

  /**
   * Returns the proxy in the environment variables for the scheme of a server, but no proxy for a
   * loopback host. Java applies the proxy in its system properties.
   */
  private static ProxyConfiguration proxyFor(URI server) {
    return ProxyConfiguration.builder()
        .scheme(server.getScheme())
        .useEnvironmentVariablesValues(
            !LOOPBACK.matcher(String.valueOf(server.getHost())).matches())
        .useSystemPropertyValues(false)
        .build();
  }

  @Override
  public List<String> list(String bucket, String prefix) throws IOException {
    try {
      return client
          .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
          .contents()
          .stream()
          .map(object -> object.key().substring(prefix.length()))
          .toList();
    } catch (AwsServiceException e) {
      throw new IOException(reason(e), e);
    } catch (SdkClientException e) {
      throw new IOException(reason(e), e);
    }
  }

  private static String reason(AwsServiceException e) {
    return switch (e.statusCode()) {
      case 403 -> "access denied";
      case 404 -> "the bucket does not exist";
      default -> "the server responded with status " + e.statusCode();
    };
  }

  private static String reason(SdkException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "the request failed (" + root.getMessage() + ")";
  }

  @Override
  public void close() {
    client.close();
  }
}
