package example;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The configuration properties {@code idc.*}.
 *
 * @param baseUrl base URL of the service
 * @param apiKey API key for a gateway in front of the service; empty if no key is needed
 */
@ConfigurationProperties("idc")
public record IdcProperties(String baseUrl, String apiKey) {}
