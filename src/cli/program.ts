import { Command, Option } from "commander";
import type { CommandContext } from "../commands/context.ts";
import { UsageError } from "../core/errors.ts";
import type { Report } from "../core/report.ts";
import { EXIT_CODE_HELP } from "./exit-code.ts";
import { addGlobalOptions, addScopeOptions, type GlobalFlags, type ScopeFlags, scopeRequest } from "./options.ts";

/** What the user asked for: the flags, how to render, and the work itself, which starts only when it is called. */
export interface Invocation {
  flags: GlobalFlags;
  format: "text" | "json" | "junit" | "github";
  /** Whether the text names every changed field. */
  details: boolean;
  detailedExitCode: boolean;
  run: (context: CommandContext) => Promise<Report>;
}

/**
 * The command tree. Actions start nothing: they hand over an invocation. Each command's module, and with it the
 * database drivers, is loaded only when the command runs.
 */
export function buildProgram(version: string, invoke: (invocation: Invocation) => void): Command {
  const program = addGlobalOptions(new Command("obc-sync"))
    .description("Keeps municipality and province coverage true to the Other Bangsamoro Communities beneath them.")
    .version(version)
    .showHelpAfterError(false)
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .addHelpText("after", EXIT_CODE_HELP)
    .addHelpText(
      "after",
      "\nA first run:\n  $ obc-sync migrate\n  $ obc-sync import geography\n  $ obc-sync import communities communities.csv\n  $ obc-sync sync --dry-run",
    );

  const action =
    <Flags extends object>(
      start: (flags: Flags & GlobalFlags, ...args: string[]) => Partial<Invocation> & Pick<Invocation, "run">,
    ) =>
    (...all: unknown[]) => {
      const command = all.at(-1) as Command;
      const flags = command.optsWithGlobals() as Flags & GlobalFlags;
      const format = flags.json ? "json" : "text";
      invoke({ flags, format, details: false, detailedExitCode: false, ...start(flags, ...command.args) });
    };

  program
    .command("migrate")
    .description("create the database where there is none, and bring its tables to this version")
    .option("--status", "only say which migrations were run and which are pending")
    .addHelpText("after", examples("obc-sync migrate", "obc-sync migrate --status --database postgres://localhost/obc"))
    .action(
      action<{ status?: boolean }>(({ status }) => ({
        run: async (context) => {
          const { runMigrate, showMigrations } = await import("../commands/migrate.ts");
          return status ? showMigrations(context) : runMigrate(context);
        },
      })),
    );

  addImportCommands(program, action);

  addScopeOptions(program.command("sync"))
    .description("bring coverages right: a full resync, or only the units named and the provinces above them")
    .option("--dry-run", "show exactly what would change; write nothing")
    .option("--no-provinces", "stop at municipalities")
    .option("--details", "name every changed field of every unit")
    .option("--detailed-exitcode", "with --dry-run: exit 2 where there are changes to make")
    .addHelpText(
      "after",
      examples(
        "obc-sync sync --dry-run",
        "obc-sync sync",
        'obc-sync sync --region 12 --region "Region X"',
        'obc-sync sync --municipality "San Jose, Antique" --json',
      ),
    )
    .action(
      action<ScopeFlags & { dryRun?: boolean; provinces: boolean; details?: boolean; detailedExitcode?: boolean }>(
        (flags) => {
          if (flags.detailedExitcode && !flags.dryRun) {
            throw new UsageError("--detailed-exitcode goes with --dry-run", "Add --dry-run, or leave it out.");
          }
          const options = { scope: scopeRequest(flags), provinces: flags.provinces };
          return {
            details: flags.details ?? false,
            detailedExitCode: flags.detailedExitcode ?? false,
            run: async (context) => {
              const { previewSync, runSync } = await import("../commands/sync.ts");
              return flags.dryRun ? previewSync(options, context) : runSync(options, context);
            },
          };
        },
      ),
    );

  addScopeOptions(program.command("verify"))
    .description("recompute coverages by an independent route and list every difference; write nothing")
    .addOption(new Option("--format <format>", "how to print the result").choices(["text", "json", "junit", "github"]))
    .addHelpText(
      "after",
      examples(
        "obc-sync verify",
        "obc-sync verify --province Bukidnon",
        "obc-sync verify --format junit > coverage.xml",
      ),
    )
    .action(
      action<ScopeFlags & { format?: Invocation["format"] }>((flags) => {
        const scope = scopeRequest(flags);
        return {
          ...(flags.format === undefined ? {} : { format: flags.format }),
          run: async (context) => (await import("../commands/verify.ts")).runVerify(scope, context),
        };
      }),
    );

  program
    .command("history")
    .description("list the newest syncs that were applied")
    .option("--limit <n>", "how many", "20")
    .addHelpText("after", examples("obc-sync history", "obc-sync history --limit 100 --json"))
    .action(
      action<{ limit: string }>(({ limit }) => {
        const count = Number(limit);
        if (!Number.isInteger(count) || count < 1) {
          throw new UsageError(`--limit "${limit}" is not a whole number above 0`, "For example: --limit 50");
        }
        return { run: async (context) => (await import("../commands/history.ts")).runHistory(count, context) };
      }),
    );

  for (const command of everyCommand(program)) {
    if (command !== program) command.addHelpText("after", EXIT_CODE_HELP);
  }
  return program;
}

type Action = <Flags extends object>(
  start: (flags: Flags & GlobalFlags, ...args: string[]) => Partial<Invocation> & Pick<Invocation, "run">,
) => (...all: unknown[]) => void;

function addImportCommands(program: Command, action: Action): void {
  const group = program.command("import").description("import the geography or communities from a file");

  group
    .command("geography")
    .description(
      "load the places: PSA's PSGC publication datafile (.xlsx or .csv), or without a file the bundled edition",
    )
    .argument("[file]", "PSGC publication datafile of the Philippine Statistics Authority")
    .option("--dry-run", "show what would change; write nothing")
    .addHelpText(
      "after",
      examples(
        "obc-sync import geography",
        "obc-sync import geography PSGC-July-2025-Publication-Datafile.xlsx --dry-run",
      ),
    )
    .action(
      action<{ dryRun?: boolean }>((flags, file) => ({
        run: async (context) => {
          const { importGeography } = await import("../commands/import-geography.ts");
          return importGeography({ file: file ?? null, dryRun: flags.dryRun ?? false }, context);
        },
      })),
    );

  group
    .command("communities")
    .description("import communities by barangay_code, then sync what they touch, all or nothing")
    .argument("<file>", "CSV file, UTF-8, with a header row")
    .option("--dry-run", "show what would change; write nothing")
    .option("--no-sync", "leave the coverages as they are")
    .option("--skip-invalid", "write the good rows although others are bad")
    .option("--ignore-unknown", "pass over columns that are not known")
    .addHelpText(
      "after",
      examples("obc-sync import communities communities.csv --dry-run", "obc-sync import communities communities.csv"),
    )
    .action(
      action<{ dryRun?: boolean; sync: boolean; skipInvalid?: boolean; ignoreUnknown?: boolean }>((flags, file) => ({
        run: async (context) => {
          const { importCommunities } = await import("../commands/import-communities.ts");
          const { dryRun = false, skipInvalid = false, ignoreUnknown = false, sync } = flags;
          return importCommunities({ file: file as string, dryRun, skipInvalid, ignoreUnknown, sync }, context);
        },
      })),
    );
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}`;
}

/** The program and every command under it. */
export function everyCommand(program: Command): Command[] {
  return [program, ...program.commands.flatMap(everyCommand)];
}
