import type { Command } from "commander";
import { UsageError } from "../../../core/errors.ts";
import { onDatabase } from "../../context.ts";
import { type Ask, type Asked, examples } from "../../invocation.ts";
import { scopeRequest } from "../../options.ts";
import { withPage } from "../../page-file.ts";
import { withAnswers } from "./answered-headings.ts";
import { fileOptions } from "./file-options.ts";
import { addImportOptions, type ImportFlags, importOptions, importPageRequest } from "./import-options.ts";

export function addImportCommunitiesCommand(group: Command, ask: Ask): void {
  const command = group
    .command("communities")
    .description("import communities by barangay code or names and recalculate their coverages, all or nothing")
    .argument(
      "[file]",
      ".csv, .tsv, .xlsx, .ods, .xls, .ndjson or .jsonl; text files also as .gz; - for standard input",
    );
  addImportOptions(command)
    .addHelpText(
      "after",
      examples(
        "obc-sync import communities communities.csv --dry-run",
        "obc-sync import communities communities.csv --plan-out plan.json",
        'obc-sync import communities survey.xlsx --sheet "Region IX" --map "Muslim HH=households"',
        "obc-sync import communities survey.xlsx --resolve-only",
        "obc-sync import communities survey.csv --skip-invalid --rejects bad.csv",
        "obc-sync import communities --template region-9.xlsx --region 9",
        "obc-sync import communities --template baungon.xlsx --municipality Baungon --with-values",
      ),
    )
    .action(
      ask<ImportFlags>((flags, [file]) => {
        if (flags.template !== undefined) return templateInvocation(flags.template, flags);
        if (flags.withValues) throw new UsageError("--with-values needs --template", "Add --template FILE.xlsx.");
        if (flags.listColumns) return { run: listColumns };
        if (file === undefined) {
          throw new UsageError(
            "missing required argument 'file'",
            "For example: obc-sync import communities communities.csv",
          );
        }
        return importInvocation(file, flags);
      }),
    );
}

function templateInvocation(file: string, { overwrite, withValues = false, ...flags }: ImportFlags): Asked {
  const scope = scopeRequest(flags);
  if (withValues && scope.kind === "all") {
    throw new UsageError(
      "--with-values needs a region, province or municipality",
      "For example: --template region-9.xlsx --region 9 --with-values",
    );
  }
  return {
    run: async (context) => {
      const { writeEmptyTemplate, writeTemplate } = await import("../../../operations/import/template.ts");
      if (scope.kind === "all") return writeEmptyTemplate(file, { overwrite, database: context.settings.database });
      return onDatabase(context, "read", (knex, common) =>
        writeTemplate(knex, { ...common, file, scope, overwrite, withValues }),
      );
    },
  };
}

const listColumns: Asked["run"] = async () => {
  const { knownColumns } = await import("../../../core/headings/known/heading-table.ts");
  return { command: "columns", columns: knownColumns() };
};

function importInvocation(file: string, flags: ImportFlags): Asked {
  const options = importOptions(file, flags);
  const page = importPageRequest(file, flags);
  return {
    details: flags.details ?? false,
    run: async (context) => {
      const fileGiven = await fileOptions(file, flags);
      const fileAsked = flags.interactive ? await withAnswers(fileGiven, context) : fileGiven;
      if (flags.resolveOnly) {
        const { resolveCommunities } = await import("../../../operations/import/resolve.ts");
        return onDatabase(context, "read", (knex, common) =>
          resolveCommunities(knex, { ...common, ...options, ...fileAsked }),
        );
      }
      const { importCommunities, planImport } = await import("../../../operations/import/import-communities.ts");
      const { planOut: planFile, overwrite } = flags;
      const savePlan = planFile && (await import("../../../operations/runs/plan-file.ts")).savePlan;
      const work = () =>
        onDatabase(context, "write", (knex, common) => {
          const all = { ...common, ...options, ...fileAsked };
          if (!savePlan) return importCommunities(knex, all);
          return savePlan(knex, { planFile, overwrite, inputs: [file] }, () => planImport(knex, all));
        });
      return withPage(page, context, work, async (report) => {
        const { importPage } = await import("../../../render/html/result/import-page.ts");
        return importPage(report);
      });
    },
  };
}
