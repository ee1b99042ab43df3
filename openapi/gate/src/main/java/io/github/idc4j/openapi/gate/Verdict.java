package io.github.idc4j.openapi.gate;

/** The effect of a change of the spec on programs, from the least to the most severe. */
enum Verdict {
  /** Programs are not affected, for example if only wording, examples or order change. */
  EDITORIAL,

  /** Programs that follow the old spec keep working. */
  COMPATIBLE,

  /** Some programs that follow the old spec stop working or no longer compile. */
  BREAKING
}
