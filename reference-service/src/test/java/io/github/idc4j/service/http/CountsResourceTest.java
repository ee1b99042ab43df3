package io.github.idc4j.service.http;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.idc4j.service.engine.Dialect;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class CountsResourceTest {

  @Test
  void anEngineThatMayChargeForQueriesCountsNothing() {
    Dialect other =
        (Dialect)
            Proxy.newProxyInstance(
                Dialect.class.getClassLoader(),
                new Class<?>[] {Dialect.class},
                (proxy, method, values) -> InvocationHandler.invokeDefault(proxy, method, values));
    Handler counts =
        new CountsResource("25.0", null, other, null, null, null, null)
            .routes()
            .get(0)
            .handlers()
            .get("GET");
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> counts.handle(null))
        .withMessageContaining("BigQuery")
        .matches(error -> error.status() == 501);
  }
}
