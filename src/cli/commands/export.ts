import { type Command, Option } from "commander";
import { UsageError } from "../../core/errors.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../core/figures/export-report.ts";
import type { LevelRequest } from "../../operations/shared/figures/figure-source.ts";
import { type CommandContext, onDatabase } from "../context.ts";
import { addFigureOptions, addLevelOption, type FigureFlags, figureOptions } from "../figure-options.ts";
import { type Ask, type Asked, examples } from "../invocation.ts";

interface ExportFlags extends FigureFlags {
  output?: string;
  format?: ExportFormat;
  overwrite?: boolean;
  hxl?: boolean;
  bom?: boolean;
  provenance?: boolean;
}

export function addExportCommand(program: Command, ask: Ask): void {
  const group = program
    .command("export")
    .description("write communities or coverages to a file for a spreadsheet, a map or another program")
    .addHelpText(
      "after",
      examples(
        "obc-sync export coverages --output municipalities.xlsx",
        "obc-sync export communities --province Bukidnon --output bukidnon.csv",
      ),
    );

  addExportOptions(group.command("communities").description("export communities; an import reads the file back"))
    .addHelpText(
      "after",
      examples(
        "obc-sync export communities --region 9 --output region-9.xlsx",
        "obc-sync export communities --fields households,families > households.csv",
        "obc-sync export communities --changed-since 2026-11-01 --output changed.csv",
        "obc-sync export communities --output communities.geojson",
      ),
    )
    .action(
      ask<ExportFlags>((flags) =>
        exporting(flags, async (context, options) => {
          const { exportCommunities } = await import("../../operations/figures/export.ts");
          return onDatabase(context, "read", (knex, common) => exportCommunities(knex, { ...common, ...options }));
        }),
      ),
    );

  addExportOptions(
    addLevelOption(group.command("coverages").description("export coverages of municipalities, provinces or regions")),
  )
    .option("--boundaries <file>", "GeoJSON or TopoJSON file with borders by PSGC code, for .geojson")
    .addHelpText(
      "after",
      examples(
        "obc-sync export coverages --level all --output coverages.xlsx",
        "obc-sync export coverages --level province --ratios --hxl --output provinces.csv",
        "obc-sync export coverages --level province --boundaries borders.json --output provinces.geojson",
      ),
    )
    .action(
      ask<ExportFlags & { level: LevelRequest; boundaries?: string }>(({ level, boundaries, ...flags }) =>
        exporting(flags, async (context, options) => {
          const { exportCoverages } = await import("../../operations/figures/export.ts");
          return onDatabase(context, "read", (knex, common) =>
            exportCoverages(knex, { ...common, ...options, level, boundaries }),
          );
        }),
      ),
    );
}

function addExportOptions(command: Command): Command {
  command
    .option("--output <file>", "file to write; - for standard output (default: CSV to standard output)")
    .addOption(
      new Option("--format <name>", "format, where the name of the file does not say it").choices(EXPORT_FORMATS),
    )
    .option("--overwrite", "let --output replace a file");
  return addFigureOptions(command)
    .option("--hxl", "add a row of HXL tags below the header (.csv, .xlsx)")
    .option("--bom", "begin with a byte order mark, for old versions of Excel (.csv)")
    .option("--provenance", "begin with lines that say where the figures come from (.csv)");
}

type Export = (
  context: CommandContext,
  options: ReturnType<typeof exportOptions> & Pick<CommandContext, "write">,
) => ReturnType<Asked["run"]>;

/** Checks the flags before the database is opened. */
function exporting(flags: ExportFlags & { json?: boolean }, run: Export): Asked {
  if (flags.json && isToStdout(flags)) {
    throw new UsageError(
      "--json prints what was exported, so the export itself needs a file",
      "Add --output FILE, or print the rows as JSON with --format json.",
    );
  }
  if (flags.overwrite && isToStdout(flags)) {
    throw new UsageError("--overwrite has nothing to replace", "Add --output, or omit --overwrite.");
  }
  const options = exportOptions(flags);
  return { isBeside: isToStdout(flags), run: (context) => run(context, { ...options, write: context.write }) };
}

function isToStdout({ output }: ExportFlags): boolean {
  return output === undefined || output === "-";
}

function exportOptions(flags: ExportFlags) {
  const { output, format, overwrite, hxl, bom, provenance } = flags;
  const file = output === "-" ? undefined : output;
  if (file?.trim() === "") throw new UsageError("--output needs a file", "For example: --output coverages.xlsx");
  return { ...figureOptions(flags), file, format, overwrite, hxl, bom, provenance };
}
