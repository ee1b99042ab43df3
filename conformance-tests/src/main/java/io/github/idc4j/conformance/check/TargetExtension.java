package io.github.idc4j.conformance.check;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Target;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the service under test to a check. */
final class TargetExtension implements ParameterResolver, BeforeEachCallback {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Target.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Target.current();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Target.current().begin();
    assumeTrue(!Target.current().isStopped(), "a check before it failed, and the run stops there");
    assumeTrue(Target.current().isThere(), "the service answers no more");
  }
}
