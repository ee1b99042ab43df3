/** A program that uses the client. */
module example {
  requires io.github.idc4j.client;
}
