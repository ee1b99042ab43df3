package example;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code idc.*}.
 *
 * @param baseUrl base URL of the service
 * @param apiKey key for an API gateway in front of the service; empty for none
 */
@ConfigurationProperties("idc")
public record IdcProperties(String baseUrl, String apiKey) {}
