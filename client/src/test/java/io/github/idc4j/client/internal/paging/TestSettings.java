package io.github.idc4j.client.internal.paging;

import io.github.idc4j.client.http.RetryPolicy;
import io.github.idc4j.client.internal.http.CallSettings;
import io.github.idc4j.client.testing.FakeTime;
import java.time.Duration;

/** Creates settings with limits that no test reaches. */
final class TestSettings {

  private TestSettings() {}

  static CallSettings of(FakeTime time) {
    Duration day = Duration.ofDays(1);
    return new CallSettings(
        day,
        day,
        day,
        Integer.MAX_VALUE,
        RetryPolicy.defaults(),
        Long.MAX_VALUE,
        time,
        time.sleeper());
  }
}
