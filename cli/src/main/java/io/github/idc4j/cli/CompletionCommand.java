package io.github.idc4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes the commands, options and values of this command in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a completion script for a shell. It completes commands, options, and values such as"
          + " the names of columns. Save it as a file that the shell loads:",
      "  bash: ~/.local/share/bash-completion/completions/idc4j",
      "  fish: ~/.config/fish/completions/idc4j.fish",
      "  zsh:  a file of any name; add '. FILE' to ~/.zshrc"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  idc4j completion bash", "  idc4j completion fish > idc4j.fish"})
final class CompletionCommand implements Callable<Integer> {

  /** The shells that have a completion script. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Candidates.Shells.class,
      description = "The shell: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine command = Main.commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (shell) {
          // The script for Bash also works in Zsh.
          case BASH, ZSH -> AutoComplete.bash(command.getCommandName(), command);
          case FISH -> FishCompletion.script(command);
        });
    out.flush();
    return 0;
  }
}
