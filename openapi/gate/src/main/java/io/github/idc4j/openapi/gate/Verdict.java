package io.github.idc4j.openapi.gate;

/** What a change of the document means to programs, from least to most. */
enum Verdict {
  /** Only words, examples or order. */
  EDITORIAL,

  /** Programs that keep to the old document keep working. */
  COMPATIBLE,

  /** Some program that keeps to the old document stops working, or compiling. */
  BREAKING
}
