package io.github.idc4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.service.auth.Issuer;
import io.github.idc4j.service.auth.Keys;
import io.github.idc4j.service.cohort.AccountStore;
import io.github.idc4j.service.cohort.Cohorts;
import io.github.idc4j.service.cohort.DuckDbAccounts;
import io.github.idc4j.service.data.AbsentColumns;
import io.github.idc4j.service.data.Catalogue;
import io.github.idc4j.service.data.Database;
import io.github.idc4j.service.data.InstanceColumns;
import io.github.idc4j.service.data.SampleSize;
import io.github.idc4j.service.engine.DuckDbEngine;
import io.github.idc4j.service.engine.QueryEngine;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.QueryLimits;
import io.github.idc4j.service.query.ResultLimits;
import io.github.idc4j.service.query.Walks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ResultLimitsTest {

  private static final Catalogue CATALOGUE = new Catalogue();

  @TempDir Path home;

  private static HttpResponse<String> manifest(HttpServer server, String column)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    server.url().resolve("/v1/cohorts/manifest/preview?%s=True".formatted(column)))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"n\",\"description\":\"\",\"filters\":{}}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aRequestForTooManyRowsIsRefusedWithTheLimit()
      throws IOException, InterruptedException, SQLException {
    Clock clock = Clock.systemUTC();
    Duration minute = Duration.ofMinutes(1);
    Keys keys = Keys.random();
    try (Database database =
            Database.open(CATALOGUE, List.of(), home, 1, new SampleSize(Map.of("nlst", 3), 100));
        QueryEngine engine = new DuckDbEngine(database, Optional.empty());
        AccountStore accounts = new DuckDbAccounts(database, Optional.empty());
        Walks walks =
            new Walks(
                engine,
                clock,
                minute,
                minute,
                QueryLimits.standard(),
                new ResultLimits(100, 100, 99, 1 << 20),
                Optional.empty());
        HttpServer server =
            Servers.start(
                new Resources(
                    CATALOGUE,
                    database,
                    engine.dialect(),
                    new Cohorts(accounts, clock),
                    walks,
                    new PageTokens(keys.pageTokens()),
                    new Issuer(keys.issuer(), clock),
                    Optional.empty(),
                    AbsentColumns.REFUSE,
                    InstanceColumns.none(),
                    clock),
                new ServerSettings(
                    false,
                    false,
                    false,
                    NetworkSettings.loopback(0),
                    RequestLimits.standard(),
                    new Monitoring(new Readiness(database::check), new Metrics()),
                    true,
                    Set.of()),
                0)) {
      HttpResponse<String> refused = manifest(server, "SOPInstanceUID");

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(JsonMapper.shared().readTree(refused.body()).get("message").asString())
          .isEqualTo(
              "The result has 100 rows, but this service allows 99. Add filters or use fewer"
                  + " columns.");
      assertThat(manifest(server, "Patient_ID").statusCode()).isEqualTo(200);
    }
  }
}
