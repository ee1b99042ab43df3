package io.github.idc4j.conformance.check;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.idc4j.conformance.Broken;
import io.github.idc4j.conformance.Target;
import io.github.idc4j.conformance.http.Disturbance;
import io.github.idc4j.conformance.rule.Rule;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Hands the service under test to a check, and begins a check anew that was disturbed. */
final class TargetExtension
    implements ParameterResolver, BeforeEachCallback, InvocationInterceptor {

  private static final int MAX_ATTEMPTS = 10;

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

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> check,
      ExtensionContext context)
      throws Disturbance {
    run(invocation, check);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> check,
      ExtensionContext context)
      throws Disturbance {
    run(invocation, check);
  }

  private static void run(Invocation<Void> invocation, ReflectiveInvocationContext<Method> check)
      throws Disturbance {
    // An invocation proceeds once only.
    invocation.skip();
    try {
      for (int attempt = 1; !runs(check, attempt == MAX_ATTEMPTS); attempt++) {
        Target.current().begin();
      }
    } catch (AssertionError e) {
      throw Target.current().isOfEnvironment()
          ? told(e, Target.current(), check.getExecutable().getAnnotation(Checks.class))
          : e;
    }
  }

  /**
   * Returns a failure as the build of a service's own shows it, with its rule and how to see it
   * again. A rule that only should hold fails no build.
   */
  private static AssertionError told(AssertionError failure, Target target, Checks checks) {
    Rule rule = Broken.first(failure, checks.value()).get(0);
    String text =
        target.api().redacted(failure.getMessage())
            + "\nrule: "
            + rule.id()
            + " ("
            + rule.level()
            + "): "
            + rule.text()
            + "\nlook at: "
            + rule.look()
            + target.api().evidence(failure).map(seen -> "\n" + seen.curl()).orElse("");
    return rule.level().isAdvice() ? Assumptions.abort(text) : new AssertionError(text, failure);
  }

  /** Runs a check to its end; returns false if it was disturbed and may begin anew. */
  private static boolean runs(ReflectiveInvocationContext<Method> check, boolean last)
      throws Disturbance {
    try {
      ReflectionSupport.invokeMethod(
          check.getExecutable(), check.getTarget().orElseThrow(), check.getArguments().toArray());
      return true;
    } catch (Exception e) {
      if (e instanceof Disturbance && !last) {
        return false;
      }
      throw e;
    }
  }
}
