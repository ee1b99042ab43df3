package io.github.idc4j.service.http;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that read and write rows, and handle requests with large bodies. So few that short
 * requests need not wait for many heavy ones. {@link #close} lets the running tasks end.
 */
final class HeavyThreads implements Executor, AutoCloseable {

  private static final class HeavyThread extends Thread {

    private HeavyThread(Runnable tasks) {
      super(tasks, "idc4j-heavy");
      setDaemon(true);
    }
  }

  private final ThreadPoolExecutor threads;

  HeavyThreads() {
    int count = Math.max(2, Runtime.getRuntime().availableProcessors());
    threads =
        new ThreadPoolExecutor(
            count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HeavyThread::new);
  }

  /**
   * Runs a task. If one of these threads adds it and no other task waits, the same thread runs it
   * at once, because a change of threads takes longer than writing some rows. Otherwise the task
   * goes to the end of the queue, so that a page with many rows does not delay other pages.
   */
  @Override
  public void execute(Runnable task) {
    if (Thread.currentThread() instanceof HeavyThread && threads.getQueue().isEmpty()) {
      task.run();
    } else {
      threads.execute(task);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
