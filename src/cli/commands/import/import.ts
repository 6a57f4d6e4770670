import type { Command } from "commander";
import { onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";
import { addImportCommunitiesCommand } from "./import-communities.ts";

export function addImportCommands(program: Command, ask: Ask): void {
  const group = program.command("import").description("import the geography or communities from a file");

  group
    .command("geography")
    .description(
      "import the places from PSA's PSGC publication datafile (.xlsx or .csv), or the bundled edition; into the tables of another application, only the PSGC codes of its places",
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
      ask<{ dryRun?: boolean }>(({ dryRun = false }, [file = null]) => ({
        run: async (context) => {
          const { importGeography } = await import("../../../operations/import/import-geography.ts");
          return onDatabase(context, "write", (knex, common) => importGeography(knex, { ...common, file, dryRun }));
        },
      })),
    );

  addImportCommunitiesCommand(group, ask);
}
