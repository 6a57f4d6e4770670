import { type Command, Option } from "commander";
import { UsageError } from "../../core/errors.ts";
import { parseCoverageAssignments } from "../../core/records/assignment.ts";
import type { Level } from "../../core/sync/level.ts";
import type { LevelRequest } from "../../operations/shared/figures/figure-source.ts";
import { onDatabase } from "../context.ts";
import { addLevelOption, addListOptions, type ListFlags, listOptions } from "../figure-options.ts";
import { type Ask, examples } from "../invocation.ts";

const CHANGES = {
  archive: "archive a coverage: it is kept, but not counted",
  restore: "restore an archived coverage, and recalculate it if it is automatic",
  auto: "make a coverage automatic, and recalculate it now",
  manual: "make a coverage manual: sync no longer changes its figures",
  set: "set figures of a manual coverage; of any coverage, curated fields and existing_support_programs",
} as const;

export function addCoverageCommand(program: Command, ask: Ask): void {
  const group = program
    .command("coverage")
    .description(
      "show or change one coverage; the coverages that depend on it are recalculated in the same transaction",
    )
    .addHelpText(
      "after",
      examples(
        "obc-sync coverage show Baungon",
        "obc-sync coverage show 1380100000 --level province",
        'obc-sync coverage manual "Iligan City"',
        'obc-sync coverage set "Iligan City" estimated_obc_population=52000',
        "obc-sync coverage auto 1001301000",
      ),
    );

  const subcommand = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .argument("<code>", "code or name of the municipality or province")
      .addOption(
        new Option("--level <level>", "level of the unit, if the code or name is ambiguous").choices([
          "municipality",
          "province",
        ]),
      );

  subcommand("show", "show a coverage, and how much of it the level below accounts for")
    .option("--details", "also show fields that are 0")
    .action(
      ask<{ level?: Level; details?: boolean }>(({ level, details = false }, [unit = ""]) => ({
        details,
        run: async (context) => {
          const { showCoverage } = await import("../../operations/records/coverage.ts");
          return onDatabase(context, "read", (knex, common) => showCoverage(knex, { unit, level }, common));
        },
      })),
    );

  addListOptions(addLevelOption(group.command("list").description("list coverages as a table")))
    .addHelpText(
      "after",
      examples(
        "obc-sync coverage list --province Bukidnon",
        "obc-sync coverage list --level province --sort -households --limit 10",
        "obc-sync coverage list --level region --fields households,families,mosques_count",
      ),
    )
    .action(
      ask<ListFlags & { level: LevelRequest }>(({ level, ...flags }) => {
        const options = listOptions(flags);
        return {
          run: async (context) => {
            const { listCoverages } = await import("../../operations/figures/list-figures.ts");
            return onDatabase(context, "read", (knex, common) => listCoverages(knex, { ...common, ...options, level }));
          },
        };
      }),
    );

  for (const [action, description] of Object.entries(CHANGES) as Array<[keyof typeof CHANGES, string]>) {
    const command = subcommand(action, description);
    if (action === "set") command.argument("<field=value...>", "for example households=200");
    command.action(
      ask<{ level?: Level }>(({ level }, [unit = "", ...assignments]) => {
        if (action === "set" && assignments.length === 0) {
          throw new UsageError("nothing to set", "Give at least one field=value, for example households=200.");
        }
        return {
          run: async (context) => {
            const operations = await import("../../operations/records/coverage.ts");
            const values = parseCoverageAssignments(assignments);
            const coverage = { unit, level };
            return onDatabase(context, "write", (knex, common) => {
              switch (action) {
                case "archive":
                  return operations.softDelete(knex, coverage, common);
                case "restore":
                  return operations.restore(knex, coverage, common);
                case "auto":
                case "manual":
                  return operations.setAutoSync(knex, coverage, action === "auto", common);
                case "set":
                  return operations.updateCoverage(knex, coverage, values, common);
              }
            });
          },
        };
      }),
    );
  }
}
