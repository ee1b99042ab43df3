package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Faults of pages that depend on earlier requests. */
final class PageFaults {

  private PageFaults() {}

  /** Replaces the first row of a page with the last row of the previous page. */
  static final class RepeatedRow implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();

    RepeatedRow(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      JsonNode before = next.test(request) ? last.get("row") : null;
      response.editedRows(rows -> last.put("row", rows.path(rows.size() - 1)));
      return before == null
          ? response
          : response.editedRows(
              rows -> {
                if (!rows.isEmpty()) {
                  rows.set(0, before);
                }
              });
    }
  }

  /** Removes the first row of a page that is fetched again. */
  static final class ReadTwice implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, Integer> read = new ConcurrentHashMap<>();

    ReadTwice(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      boolean again = next.test(request) && read.merge(request.target(), 1, Integer::sum) > 1;
      return again && response.hasRows() ? response.editedRows(rows -> rows.remove(0)) : response;
    }
  }

  /** Removes the first row of a page whose size differs from that of the previous page. */
  static final class FixedSize implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    FixedSize(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse response = service.send(request);
      int size = PageMutants.size(request);
      boolean changed = size > 0 && sizes.getOrDefault(request.token(), size) != size;
      for (String token : response.tokens()) {
        sizes.put(token, size);
      }
      return changed && next.test(request) && response.hasRows()
          ? PageMutants.withRows(response, rows -> rows.remove(0))
          : response;
    }
  }

  /** Returns the page of a first token forever, each time with another number in the token. */
  static final class FreshLoop implements Proxy.Behaviour {
    private static final String NUMBER = "-[0-9]+-$";

    private final Predicate<ProxiedRequest> next;
    private final AtomicInteger number = new AtomicInteger();

    FreshLoop(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse respond(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (!next.test(request)) {
        return service.send(request);
      }
      String token = request.token().replaceFirst(NUMBER, "");
      ProxiedResponse response = service.send(request.withToken(token));
      return response.status() == 200
          ? response.edited(
              page -> page.put("next_page", token + "-" + number.incrementAndGet() + "-"))
          : response;
    }
  }
}
