package io.github.idc4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.idc4j.client.error.BadRequestException;
import io.github.idc4j.client.error.CanceledException;
import io.github.idc4j.client.error.CredentialsException;
import io.github.idc4j.client.error.DecodingException;
import io.github.idc4j.client.error.ForbiddenException;
import io.github.idc4j.client.error.IdcException;
import io.github.idc4j.client.error.IdcTimeoutException;
import io.github.idc4j.client.error.IdcTimeoutException.Limit;
import io.github.idc4j.client.error.MethodNotAllowedException;
import io.github.idc4j.client.error.NotFoundException;
import io.github.idc4j.client.error.PagingException;
import io.github.idc4j.client.error.ResponseTooLargeException;
import io.github.idc4j.client.error.RetiredException;
import io.github.idc4j.client.error.ServerErrorException;
import io.github.idc4j.client.error.ServiceException;
import io.github.idc4j.client.error.TooManyRequestsException;
import io.github.idc4j.client.error.TransportException;
import io.github.idc4j.client.error.UnauthorizedException;
import io.github.idc4j.client.internal.failure.Details;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that exceptions keep all their properties when they are serialized and deserialized. */
class SerializationTest {

  private static final Details DETAILS =
      new Details("getManifest", "message", new IOException("cause"), "checkpoint");
  private static final Duration NINE_SECONDS = Duration.ofSeconds(9);

  static List<IdcException> exceptions() {
    return List.of(
        new BadRequestException(DETAILS, 400, 400, "m", "u", NINE_SECONDS),
        new UnauthorizedException(DETAILS, 401, 401, "m", "u", null),
        new ForbiddenException(DETAILS, 403, 403, "m", "u", null),
        new NotFoundException(DETAILS, 404, 404, "m", "u", null),
        new MethodNotAllowedException(DETAILS, 405, 405, "m", "u", null),
        new RetiredException(DETAILS, 410, 410, "m", "u", null, "documentation"),
        new TooManyRequestsException(DETAILS, 429, 429, "m", "u", NINE_SECONDS),
        new ServerErrorException(DETAILS, 503, 503, "m", "u", NINE_SECONDS),
        new ServiceException(DETAILS, 302, 0, "m", "u", null),
        new TransportException(DETAILS),
        new IdcTimeoutException(DETAILS, Limit.TOTAL_TIMEOUT, NINE_SECONDS, 3, "token"),
        new CanceledException(DETAILS),
        new DecodingException(DETAILS, "$.x", "[1]"),
        new PagingException(DETAILS),
        new ResponseTooLargeException(DETAILS, 1L << 40),
        new CredentialsException("message", new IOException("cause")),
        new CredentialsException(DETAILS));
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void keepsAllProperties(IdcException exception) throws IOException, ReflectiveOperationException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Object read = in.readObject();
      assertThat(read).hasSameClassAs(exception);
      assertThat(properties(read)).isEqualTo(properties(exception)).isNotEmpty();
    }
  }

  private static Map<String, String> properties(Object exception)
      throws ReflectiveOperationException {
    Map<String, String> properties = new TreeMap<>();
    for (Method method : exception.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && method.getReturnType() != void.class
          && IdcException.class.isAssignableFrom(method.getDeclaringClass())) {
        properties.put(method.getName(), String.valueOf(method.invoke(exception)));
      }
    }
    properties.put("toString", exception.toString());
    properties.put("cause", String.valueOf(((Throwable) exception).getCause()));
    return properties;
  }

  @Test
  void coversAllExceptions() throws IOException, URISyntaxException {
    Path folder = Path.of(IdcException.class.getResource("IdcException.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Exception.class"))
              .map(name -> name.replace(".class", ""))
              .filter(name -> !name.equals("IdcException"))
              .sorted()
              .toList();
      assertThat(exceptions())
          .extracting(exception -> exception.getClass().getSimpleName())
          .containsAll(names);
    }
  }
}
