package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryQueueTest {

  private final QueryQueue queue = new QueryQueue(new QueryLimits(1, 10, 3, Duration.ofMinutes(1)));

  private QueryQueue.Entry added(String caller) {
    QueryQueue.Entry entry = new QueryQueue.Entry(UUID.randomUUID(), caller, () -> {});
    queue.add(entry);
    return entry;
  }

  @Test
  void callersTakeTurns() {
    Stream.of("a", "a", "a", "b", "c", "b").forEach(this::added);

    List<String> order =
        Stream.generate(queue::next)
            .takeWhile(Optional::isPresent)
            .map(entry -> entry.get().caller())
            .toList();

    assertThat(order).containsExactly("a", "b", "c", "a", "b", "a");
  }

  @Test
  void aRemovedQueryFreesItsPlace() {
    added("a");
    added("a");
    QueryQueue.Entry last = added("a");

    queue.remove(last.id());
    queue.remove(last.id());

    assertThat(queue.length()).isEqualTo(2);
    added("a");
  }
}
