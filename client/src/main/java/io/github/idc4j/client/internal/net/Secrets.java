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
 * Masks the secrets of a request in texts that a service, a proxy or a library may echo: its ID
 * token, page token and secret headers, and anything that looks like a token. Immutable.
 */
public final class Secrets {

  private static final String MASK = "***";

  /** Name of the query parameter, and of the JSON member, that holds a page token. */
  private static final String PAGE_TOKEN = "next_page";

  /** A shorter secret may be a part of ordinary words, so it is masked as a whole word only. */
  private static final int WORD_LENGTH = 8;

  /** A still shorter one may be an ordinary word. */
  private static final int MIN_LENGTH = 4;

  private static final String TOKEN_CHARACTER = "[\\w.~+/=%-]";

  /** A page token by name, in JSON, in a URL, or in a sentence. */
  private static final String NAMED = "(?<=" + PAGE_TOKEN + "[\"']?\\s{0,3}(?:[:=]|%3[dD])\\s{0,3}";

  /**
   * Tokens that this client was not given: a JWT, a long base64url text, a page token by name. What
   * follows is masked as a whole if it is an array or an object.
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

  /** Returns the masks of some secrets; null and empty ones are ignored. */
  public static Secrets of(List<@Nullable String> secrets) {
    List<String> all = new ArrayList<>();
    for (String secret : secrets) {
      if (secret != null && secret.length() >= MIN_LENGTH) {
        all.add(secret);
      }
    }
    // A secret may be a part of another.
    all.sort(Comparator.comparingInt(String::length).reversed());
    return new Secrets(all);
  }

  /** Matches the secret as it is, in a URL, and in JSON; URLs have their hosts in lower case. */
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

  /** Returns a text without the secrets. */
  public String mask(String text) {
    String masked = text;
    for (String secret : known) {
      masked = pattern(secret).matcher(masked).replaceAll(MASK);
    }
    return UNKNOWN.matcher(masked).replaceAll(MASK);
  }

  /** Returns the text of a JSON value at a path; one that stands for a page token is masked. */
  public String maskValue(String path, String text) {
    return path.contains("." + PAGE_TOKEN) && !text.isEmpty() ? MASK : mask(text);
  }

  /**
   * Returns an exception that can be a cause: the same one if no message in it contains a secret,
   * or else one with the masked message and the same stack trace.
   */
  public IOException mask(IOException e) {
    // The text has the messages of all causes and suppressed exceptions.
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    if (mask(text.toString()).equals(text.toString())) {
      return e;
    }
    IOException masked = new IOException(mask(String.valueOf(e.getMessage())));
    masked.setStackTrace(e.getStackTrace());
    return masked;
  }

  /** Returns the page token in a URL; null if it has none. */
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
