package io.github.idc4j.client.internal.net;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in text that a service, a proxy or a library may have copied from a request: the ID
 * token, the page token and secret headers of the request, and anything that looks like a token.
 * Immutable.
 */
public final class Secrets {

  private static final String MASK = "***";

  /** The name of the query parameter and of the JSON member that contain a page token. */
  private static final String PAGE_TOKEN = "next_page";

  /**
   * The minimum length of secrets that are masked inside longer words. A shorter secret may be part
   * of an ordinary word, so it is masked only as a whole word.
   */
  private static final int WORD_LENGTH = 8;

  /** The minimum length of secrets that are masked. A shorter secret may be an ordinary word. */
  private static final int MIN_LENGTH = 4;

  private static final String TOKEN_CHARACTER = "[\\w.~+/=%-]";

  /**
   * The beginning of a pattern that matches a value after the name {@code next_page}. The name and
   * value may be in JSON, in a URL, or in a sentence.
   */
  private static final String NAMED = "(?<=" + PAGE_TOKEN + "[\"']?\\s{0,3}(?:[:=]|%3[dD])\\s{0,3}";

  /**
   * Tokens that were not passed to {@link #of}: a JWT, a long base64url string, or the value after
   * the name of a page token. If this value is an array or an object, the rest of the text is
   * masked.
   */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "\\beyJ[\\w.=-]{8,}|[\\w=-]{64,}|"
              + NAMED
              + ")[\\[{].*|"
              + NAMED
              + "[\"']?)[^\"',\\]}\\s]+",
          Pattern.DOTALL);

  private final List<String> known;

  private Secrets(List<String> known) {
    this.known = known;
  }

  /**
   * Returns an object that masks the given secrets. Secrets that are null or very short are
   * ignored.
   */
  public static Secrets of(List<@Nullable String> secrets) {
    List<String> all = new ArrayList<>();
    for (String secret : secrets) {
      if (secret != null && secret.length() >= MIN_LENGTH) {
        all.add(secret);
      }
    }
    // Longest first, because a secret may be part of a longer one.
    all.sort(Comparator.comparingInt(String::length).reversed());
    return new Secrets(all);
  }

  /**
   * Returns a pattern for a secret in plain text, in a URL, and in JSON. The pattern ignores case,
   * because hosts are in lower case in URLs.
   */
  private static Pattern pattern(String secret) {
    StringBuilder regex = new StringBuilder();
    secret.codePoints().forEach(c -> regex.append(pattern(c)));
    return Pattern.compile(
        secret.length() >= WORD_LENGTH
            ? regex.toString()
            : "(?<!" + TOKEN_CHARACTER + ")" + regex + "(?!" + TOKEN_CHARACTER + ")",
        Pattern.CASE_INSENSITIVE);
  }

  private static String pattern(int character) {
    String text = Character.toString(character);
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    if (encoded.equals(text)) {
      return Pattern.quote(text);
    }
    String escaped = character == ' ' ? "\\+|%20" : encoded;
    return "(?:%s|%s|\\\\u%04x)".formatted(Pattern.quote(text), escaped, character);
  }

  /** Returns the text with its secrets masked. */
  public String mask(String text) {
    String masked = text;
    for (String secret : known) {
      masked = pattern(secret).matcher(masked).replaceAll(MASK);
    }
    return UNKNOWN.matcher(masked).replaceAll(MASK);
  }

  /**
   * Returns the text of the JSON value at a path, with secrets masked. Masks a page token as a
   * whole.
   */
  public String maskValue(String path, String text) {
    return path.contains("." + PAGE_TOKEN) && !text.isEmpty() ? MASK : mask(text);
  }

  /**
   * Returns an exception that can be used as a cause. If no message of the exception contains a
   * secret, returns the same exception. Otherwise returns an exception with a masked message and
   * the same stack trace.
   */
  public IOException mask(IOException e) {
    // The stack trace contains the messages of all causes and suppressed exceptions.
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    if (mask(text.toString()).equals(text.toString())) {
      return e;
    }
    IOException masked = new IOException(mask(String.valueOf(e.getMessage())));
    masked.setStackTrace(e.getStackTrace());
    return masked;
  }

  /** Returns the page token in a URL; null if the URL has no page token. */
  public static @Nullable String pageToken(HttpUrl url) {
    return url.queryParameter(PAGE_TOKEN);
  }

  /** Returns a URL with its page token masked. */
  public static String url(HttpUrl url) {
    return url.queryParameter(PAGE_TOKEN) == null
        ? url.toString()
        : url.newBuilder().setQueryParameter(PAGE_TOKEN, MASK).build().toString();
  }
}
