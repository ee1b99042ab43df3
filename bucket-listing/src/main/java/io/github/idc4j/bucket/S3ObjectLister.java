package io.github.idc4j.bucket;

import io.github.idc4j.service.bucket.ObjectLister;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Lists objects in S3 buckets with ListObjectsV2. The requests are not signed, so the buckets must
 * be public. Each response has up to 1,000 objects.
 */
final class S3ObjectLister implements ObjectLister {

  /** The region of the public buckets of IDC. Other S3 servers ignore it. */
  private static final Region REGION = Region.US_EAST_1;

  private static final int ATTEMPTS = 4;
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final S3Client client;

  S3ObjectLister(Optional<URI> endpoint) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(REGION)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                settings ->
                    settings
                        // Ignore the AWS configuration files of the user.
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(
                            StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build())
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(TIMEOUT));
    // Other servers than AWS rarely have a host name for each bucket.
    endpoint.ifPresent(url -> builder.endpointOverride(url).forcePathStyle(true));
    client = builder.build();
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
