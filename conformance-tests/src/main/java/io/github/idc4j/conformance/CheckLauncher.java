package io.github.idc4j.conformance;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.github.idc4j.conformance.check.Checks;
import java.util.function.Consumer;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the checks, which are JUnit tests, by a launcher of the suite's own. */
final class CheckLauncher {

  private CheckLauncher() {}

  /** Runs the checks of a selection one after another, and hands over what each found. */
  static void launch(Target target, Selection selection, Consumer<Verdict> verdicts) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(Checks.class.getPackageName()))
            .filters(includeClassNamePatterns(".*Checks"), selection)
            .configurationParameter(
                "junit.jupiter.testclass.order.default",
                ClassOrderer.OrderAnnotation.class.getName())
            .configurationParameter(
                "junit.jupiter.testmethod.order.default", MethodOrderer.DisplayName.class.getName())
            .build();
    LauncherConfig alone =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    Target before = Target.replaceCurrent(target);
    VerdictListener listener = new VerdictListener(target, verdicts);
    try {
      LauncherFactory.create(alone).execute(request, listener);
    } catch (OutOfMemoryError e) {
      // What was found out until then is told all the same.
      listener.breakOff(e);
    } finally {
      Target.replaceCurrent(before);
      target.leftovers().end();
    }
  }
}
