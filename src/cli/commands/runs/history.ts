import { type Command, Option } from "commander";
import { UsageError } from "../../../core/errors.ts";
import type { Report } from "../../../core/report.ts";
import { daysOf } from "../../../core/runs/age.ts";
import type { Level } from "../../../core/sync/level.ts";
import { onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";
import { wholeNumber } from "../../options.ts";

interface HistoryFlags {
  limit: string;
  community?: string;
  coverage?: string;
  level?: Level;
}

export function addHistoryCommand(program: Command, ask: Ask): void {
  const group = program
    .command("history")
    .description("list the latest runs, show what one of them changed, or what happened to one community or coverage")
    .option("--limit <n>", "number of runs to list", "20")
    .option("--community <code|name>", "only runs that changed the community of this barangay, with the changes")
    .option("--coverage <code|name>", "only runs that changed this coverage, with the changes")
    .addOption(
      new Option("--level <level>", "with --coverage: level of the unit, if the code or name is ambiguous").choices([
        "municipality",
        "province",
      ]),
    )
    .addHelpText(
      "after",
      examples(
        "obc-sync history",
        "obc-sync history --limit 100 --json",
        "obc-sync history show 12",
        'obc-sync history --community "Aludas, Damulog"',
        "obc-sync history --coverage Damulog",
        "obc-sync history prune --older-than 365d",
      ),
    )
    .action(
      ask<HistoryFlags>(({ limit, community, coverage, level }) => {
        const count = wholeNumber("--limit", limit, 1);
        if (community !== undefined && coverage !== undefined) {
          throw new UsageError("--community and --coverage cannot be combined", "Run the command once for each.");
        }
        if (level !== undefined && coverage === undefined) {
          throw new UsageError("--level requires --coverage", "Add --coverage, or omit --level.");
        }
        return {
          run: async (context) => {
            const { history, unitHistory } = await import("../../../operations/runs/history.ts");
            return onDatabase<Report>(context, "read", (knex, common) => {
              const options = { ...common, limit: count };
              if (community !== undefined) return unitHistory(knex, { community }, options);
              if (coverage !== undefined) return unitHistory(knex, { coverage: { unit: coverage, level } }, options);
              return history(knex, options);
            });
          },
        };
      }),
    );

  group
    .command("show")
    .description("show every value that a run changed")
    .argument("<run>", "number of the run, as history lists it")
    .option("--details", "list every changed field")
    .addHelpText("after", examples("obc-sync history show 12", "obc-sync history show 12 --json"))
    .action(
      ask<{ details?: boolean }>(({ details = false }, [run = ""]) => {
        const id = wholeNumber("run", run, 1);
        return {
          details,
          run: async (context) => {
            const { showRun } = await import("../../../operations/runs/history.ts");
            return onDatabase(context, "read", (knex, common) => showRun(knex, id, common));
          },
        };
      }),
    );

  group
    .command("prune")
    .description("forget the values that old runs changed: they can no longer be shown or reverted, but stay listed")
    .requiredOption("--older-than <age>", "age of the runs in days or years, for example 365d or 2y")
    .option("--dry-run", "only show what would be forgotten")
    .addHelpText(
      "after",
      examples("obc-sync history prune --older-than 365d --dry-run", "obc-sync history prune --older-than 2y"),
    )
    .action(
      ask<{ olderThan: string; dryRun?: boolean }>(({ olderThan, dryRun = false }) => {
        const before = new Date(Date.now() - daysOf(olderThan, "--older-than") * 86_400_000);
        return {
          run: async (context) => {
            const { pruneHistory } = await import("../../../operations/runs/history.ts");
            return onDatabase(context, "write", (knex, common) => pruneHistory(knex, { ...common, before, dryRun }));
          },
        };
      }),
    );
}
