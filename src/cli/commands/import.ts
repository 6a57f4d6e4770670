import type { Command } from "commander";
import { type Ask, examples } from "../invocation.ts";

export function addImportCommands(program: Command, ask: Ask): void {
  const group = program.command("import").description("import the geography or communities from a file");

  group
    .command("geography")
    .description("load the places: PSA's PSGC publication datafile (.xlsx or .csv), or else the bundled edition")
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
          const { importGeography } = await import("../../commands/import-geography.ts");
          return importGeography({ file, dryRun }, context);
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
      ask<{ dryRun?: boolean; sync: boolean; skipInvalid?: boolean; ignoreUnknown?: boolean }>((flags, [file]) => ({
        run: async (context) => {
          const { importCommunities } = await import("../../commands/import-communities.ts");
          const { dryRun = false, skipInvalid = false, ignoreUnknown = false, sync } = flags;
          return importCommunities({ file: file as string, dryRun, skipInvalid, ignoreUnknown, sync }, context);
        },
      })),
    );
}
