package io.github.idc4j.conformance.mutant;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Faults of pages that remember what came before. */
final class PageFaults {

  private PageFaults() {}

  /** Puts the last row of the page before in the place of a page's first. */
  static final class RepeatedRow implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();

    RepeatedRow(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = service.send(request);
      JsonNode before = next.test(request) ? last.get("row") : null;
      answer.editedRows(rows -> last.put("row", rows.path(rows.size() - 1)));
      return before == null
          ? answer
          : answer.editedRows(
              rows -> {
                if (!rows.isEmpty()) {
                  rows.set(0, before);
                }
              });
    }
  }

  /** Loses the first row of a page that is read again. */
  static final class ReadTwice implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, Integer> read = new ConcurrentHashMap<>();

    ReadTwice(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = service.send(request);
      boolean again = next.test(request) && read.merge(request.target(), 1, Integer::sum) > 1;
      return again && answer.hasRows() ? answer.editedRows(rows -> rows.remove(0)) : answer;
    }
  }

  /** Loses the first row of a page whose size is not that of the page before. */
  static final class FixedSize implements Proxy.Behaviour {
    private final Predicate<ProxiedRequest> next;
    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();

    FixedSize(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      ProxiedResponse answer = service.send(request);
      int size = PageMutants.size(request);
      boolean changed = size > 0 && sizes.getOrDefault(request.token(), size) != size;
      for (String token : answer.tokens()) {
        sizes.put(token, size);
      }
      return changed && next.test(request) && answer.hasRows()
          ? PageMutants.withRows(answer, rows -> rows.remove(0))
          : answer;
    }
  }

  /** Gives the page of a first token for ever, each time with another number at the token's end. */
  static final class FreshLoop implements Proxy.Behaviour {
    private static final String NUMBER = "-[0-9]+-$";

    private final Predicate<ProxiedRequest> next;
    private final AtomicInteger number = new AtomicInteger();

    FreshLoop(Predicate<ProxiedRequest> next) {
      this.next = next;
    }

    @Override
    public ProxiedResponse answer(ProxiedRequest request, Proxy.Service service)
        throws IOException {
      if (!next.test(request)) {
        return service.send(request);
      }
      String token = request.token().replaceFirst(NUMBER, "");
      ProxiedResponse answer = service.send(request.withToken(token));
      return answer.status() == 200
          ? answer.edited(
              page -> page.put("next_page", token + "-" + number.incrementAndGet() + "-"))
          : answer;
    }
  }
}
