package io.github.idc4j.client.internal.json;

import java.util.AbstractList;
import java.util.Collection;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An unmodifiable list that may contain null, unlike a list from {@link java.util.List#copyOf}. */
public final class ImmutableList<T extends @Nullable Object> extends AbstractList<T>
    implements RandomAccess {

  private final Object[] elements;

  private ImmutableList(Object[] elements) {
    this.elements = elements;
  }

  /**
   * Returns a copy of a collection, or the collection itself if it is already an {@code
   * ImmutableList}.
   */
  public static <T extends @Nullable Object> ImmutableList<T> copyOf(Collection<T> collection) {
    return collection instanceof ImmutableList<T> list
        ? list
        : new ImmutableList<>(collection.toArray());
  }

  @Override
  @SuppressWarnings("unchecked")
  public T get(int index) {
    return (T) elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }
}
