package io.github.idc4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares the libraries on one page in this process. The libraries take turns, and the result of
 * each library is the median of its thread CPU times. The ranking is reliable even on a busy
 * machine, but JMH is more exact.
 */
final class QuickComparison {

  private static final int WARM_UP = 150;
  private static final int ROUNDS = 150;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PageKind kind;
  private final byte[] page;

  /**
   * Keeps the latest decoded page reachable, so that the JIT compiler cannot optimize decoding
   * away.
   */
  private Object decoded;

  QuickComparison(PageKind kind, byte[] page) {
    this.kind = kind;
    this.page = page;
  }

  private interface Decoder {
    Object decode(byte[] page) throws IOException;
  }

  void run(DecodeTable table) throws IOException {
    Map<String, Decoder> libraries = new LinkedHashMap<>();
    libraries.put("idc4j", kind::idc4j);
    libraries.put("moshi", kind::moshi);
    libraries.put("jackson", kind::jackson);
    libraries.put("gson", kind::gson);
    double[][] nanos = new double[libraries.size()][ROUNDS];
    double[] allocated = new double[libraries.size()];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      int library = 0;
      for (Decoder decoder : libraries.values()) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long begin = THREADS.getCurrentThreadCpuTime();
        decoded = decoder.decode(page);
        long end = THREADS.getCurrentThreadCpuTime();
        if (round >= 0) {
          nanos[library][round] = end - begin;
          allocated[library] = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        }
        library++;
      }
    }
    if (decoded == null) {
      throw new IllegalStateException("Nothing was decoded.");
    }
    int library = 0;
    for (String name : libraries.keySet()) {
      Arrays.sort(nanos[library]);
      table.add(kind, page.length, name, nanos[library][ROUNDS / 2] / 1e3, allocated[library]);
      library++;
    }
  }
}
