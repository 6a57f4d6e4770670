import { Argument, type Command } from "commander";
import { SHELLS, type Shell } from "../../../core/setup/completion-report.ts";
import { type Ask, examples } from "../../invocation.ts";

export function addCompletionCommand(program: Command, ask: Ask): void {
  program
    .command("completion")
    .description(
      "print a script that makes a shell complete commands, flags, files, and names of places from the database",
    )
    .addArgument(new Argument("<shell>", "the shell that is to run the script").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        "source <(obc-sync completion bash)",
        "source <(obc-sync completion zsh)",
        "obc-sync completion fish > ~/.config/fish/completions/obc-sync.fish",
      ),
    )
    .action(
      ask((_flags, [shell]) => ({
        run: async () => {
          const { SCRIPTS } = await import("../../completion/scripts.ts");
          return { command: "completion", shell: shell as Shell, script: SCRIPTS[shell as Shell].split("\n") };
        },
      })),
    );
}
