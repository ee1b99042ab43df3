package example;

import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.IdcClientBuilder;
import io.github.idc4j.client.http.AttemptEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the client as a Spring bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdcProperties.class)
public class IdcConfiguration {

  /** Returns the client. Spring closes it when the application stops. */
  @Bean
  IdcClient idcClient(IdcProperties properties, MeterRegistry meters) {
    IdcClientBuilder builder =
        IdcClient.builder()
            .baseUrl(properties.baseUrl())
            .onAttempt(attempt -> record(attempt, meters));
    if (!properties.apiKey().isEmpty()) {
      builder.header("X-API-Key", properties.apiKey());
    }
    return builder.build();
  }

  private static void record(AttemptEvent attempt, MeterRegistry meters) {
    Timer.builder("idc.client.attempts")
        .description("HTTP requests sent by the IDC client, retries included")
        .tag("operation", attempt.operation())
        .tag("status", Integer.toString(attempt.status()))
        .register(meters)
        .record(attempt.duration());
  }
}
