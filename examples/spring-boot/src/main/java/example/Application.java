package example;

import static io.github.idc4j.client.filter.Attributes.COLLECTION_ID;

import io.github.idc4j.client.CohortDefinition;
import io.github.idc4j.client.IdcClient;
import io.github.idc4j.client.ManifestColumn;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Counts the series of a collection at startup, and prints the count and a metric. */
@SpringBootApplication
public class Application {

  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Bean
  ApplicationRunner countSeries(IdcClient client, MeterRegistry meters) {
    return arguments -> {
      String collection = arguments.getNonOptionArgs().get(0);
      CohortDefinition cohort = CohortDefinition.of(COLLECTION_ID.anyOf(collection));
      long series =
          client.previewManifest(cohort, ManifestColumn.SERIES_INSTANCE_UID).pageSize(7).stream()
              .count();
      long attempts =
          meters.get("idc.client.attempts").timers().stream().mapToLong(Timer::count).sum();
      System.out.printf(
          "%s: %d series, counted in Spring Boot %s; idc.client.attempts: %d%n",
          collection, series, SpringBootVersion.getVersion(), attempts);
    };
  }
}
