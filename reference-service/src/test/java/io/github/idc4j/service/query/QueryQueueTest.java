package io.github.idc4j.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueryQueueTest {

  private final QueryQueue queue = new QueryQueue(new QueryLimits(1, 10, 3, Duration.ofMinutes(1)));

  private QueryQueue.Entry added(String caller) {
    QueryQueue.Entry entry = new QueryQueue.Entry(UUID.randomUUID(), caller, 1, () -> {});
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

  private static QueryQueue.Entry entry(long characters) {
    return new QueryQueue.Entry(UUID.randomUUID(), "a", characters, () -> {});
  }

  @Test
  void theQueriesThatWaitHaveALimitedLengthTogether() {
    QueryQueue.Entry large = entry(2 * QueryQueue.MAX_CHARACTERS);
    queue.add(large);
    assertThatThrownBy(() -> queue.add(entry(1)))
        .isInstanceOf(TooManyQueriesException.class)
        .hasMessageContaining("too many values");

    queue.remove(large.id());
    queue.add(entry(QueryQueue.MAX_CHARACTERS));
    assertThatThrownBy(() -> queue.add(entry(1))).isInstanceOf(TooManyQueriesException.class);
    queue.next();
    queue.add(entry(1));

    assertThat(queue.length()).isEqualTo(1);
  }
}
