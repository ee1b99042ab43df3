package io.github.idc4j.site;

import java.lang.reflect.Method;

/** Runs the samples named, in this process: {@code java RunSamples CLASS...}. */
final class RunSamples {

  private RunSamples() {}

  public static void main(String[] classes) throws ReflectiveOperationException {
    for (String name : classes) {
      System.out.println("== " + name);
      Method main = Class.forName(name).getMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    }
  }
}
