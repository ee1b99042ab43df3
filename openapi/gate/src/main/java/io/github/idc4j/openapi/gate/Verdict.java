package io.github.idc4j.openapi.gate;

/** How a change to the spec affects programs, from the least to the most severe. */
enum Verdict {
  /** Programs are not affected, for example if only wording, examples or order change. */
  EDITORIAL,

  /** Programs that follow the old spec keep working. */
  COMPATIBLE,

  /** Some programs that follow the old spec stop working or no longer compile. */
  BREAKING
}
