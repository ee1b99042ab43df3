package io.github.idc4j.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options. Unlike those of picocli, the messages name no Java classes. */
final class Converters {

  /** Java would look up other texts as host names. */
  private static final Pattern ADDRESS =
      Pattern.compile("[\\d.]+|[\\p{XDigit}:.]*:[\\p{XDigit}:.]*");

  private Converters() {}

  /** Adds the converters that depend only on the type of an option. */
  static CommandLine register(CommandLine command) {
    return command
        .registerConverter(Duration.class, Durations::parse)
        .registerConverter(URI.class, Converters::url)
        .registerConverter(InetAddress.class, Converters::address);
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new TypeConversionException("'" + text + "' is not a URL: " + e.getReason());
    }
  }

  private static InetAddress address(String text) {
    try {
      if (!ADDRESS.matcher(text).matches()) {
        throw new UnknownHostException(text);
      }
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new TypeConversionException(
          "'" + text + "' is not an IP address. Use one such as 0.0.0.0 or 127.0.0.1");
    }
  }

  /** Converts whole numbers that must be positive. */
  static final class PositiveInt implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Math.toIntExact(positive(text, Integer.MAX_VALUE));
    }
  }

  /** Converts whole numbers that must be positive. */
  static final class PositiveLong implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return positive(text, Long.MAX_VALUE);
    }
  }

  private static long positive(String text, long max) {
    try {
      long number = Long.parseLong(text);
      if (number < 1 || number > max) {
        throw new NumberFormatException(text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number from 1 to " + max);
    }
  }

  /** Converts times that must be longer than zero. */
  static final class PositiveDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration time = Durations.parse(text);
      if (time.isZero()) {
        throw new TypeConversionException("'" + text + "' must be longer than zero");
      }
      return time;
    }
  }
}
