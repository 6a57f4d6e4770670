import { Command } from "commander";
import { addAnalyzeCommand } from "./commands/analyze.ts";
import { addCommunityCommand } from "./commands/community.ts";
import { addCoverageCommand } from "./commands/coverage.ts";
import { addExportCommand } from "./commands/export.ts";
import { addImportCommands } from "./commands/import/import.ts";
import { addInspectCommand } from "./commands/import/inspect.ts";
import { addMigrateCommand } from "./commands/migrate.ts";
import { addPerfCommand } from "./commands/perf.ts";
import { addReportCommand } from "./commands/report.ts";
import { addApplyCommand } from "./commands/runs/apply.ts";
import { addHistoryCommand } from "./commands/runs/history.ts";
import { addPlanCommand } from "./commands/runs/plan.ts";
import { addRevertCommand } from "./commands/runs/revert.ts";
import { addCompletionCommand } from "./commands/setup/completion.ts";
import { addInitCommand } from "./commands/setup/init.ts";
import { addStatusCommand } from "./commands/status.ts";
import { addSyncCommand } from "./commands/sync.ts";
import { addVerifyCommand } from "./commands/verify.ts";
import { addWatchCommand } from "./commands/watch.ts";
import { EXIT_CODE_HELP } from "./exit-code.ts";
import { formatItem } from "./help/fitted.ts";
import { pageOf } from "./help/pages.ts";
import { asker, examples, type Invocation } from "./invocation.ts";
import { addGlobalOptions } from "./options.ts";

/**
 * Builds the command tree. Actions do no work: they pass an invocation to `invoke`. The operations and the database
 * drivers are loaded only when a command runs.
 */
export function buildProgram(version: string, invoke: (invocation: Invocation) => void): Command {
  const program = addGlobalOptions(new Command("obc-sync"))
    .description("Keeps municipality and province coverages in sync with their Other Bangsamoro Communities (OBC).")
    .version(version)
    .configureHelp({ showGlobalOptions: true, formatItem })
    .addHelpText(
      "after",
      examples(
        "obc-sync migrate",
        "obc-sync import geography",
        "obc-sync import communities communities.csv",
        "obc-sync sync --dry-run",
      ),
    );
  const ask = asker(invoke);
  addInitCommand(program, ask);
  addMigrateCommand(program, ask);
  addImportCommands(program, ask);
  addInspectCommand(program, ask);
  addSyncCommand(program, ask);
  addVerifyCommand(program, ask);
  addCommunityCommand(program, ask);
  addCoverageCommand(program, ask);
  addExportCommand(program, ask);
  addWatchCommand(program, ask);
  addHistoryCommand(program, ask);
  addRevertCommand(program, ask);
  addApplyCommand(program, ask);
  addPlanCommand(program, ask);
  addStatusCommand(program, ask);
  addAnalyzeCommand(program, ask);
  addReportCommand(program, ask);
  addPerfCommand(program, ask);
  addCompletionCommand(program, ask);
  for (const command of everyCommand(program)) {
    command.addHelpText("after", EXIT_CODE_HELP).addHelpText("after", `\nDocumentation: ${pageOf(command)}`);
  }
  return program;
}

/** The program and every command under it. */
export function everyCommand(program: Command): Command[] {
  return [program, ...program.commands.flatMap(everyCommand)];
}
