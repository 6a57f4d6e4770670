import { type Command, Option } from "commander";
import { UsageError } from "../../core/errors.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples, type Invocation } from "../invocation.ts";
import { addScopeOptions, REPORT_PAGE, type ScopeFlags, scopeRequest } from "../options.ts";
import { type PageFlags, pageRequest, withPage } from "../page-file.ts";
import { addFileOptions, type FileFlags, fileOptions } from "./import/file-options.ts";

export function addVerifyCommand(program: Command, ask: Ask): void {
  const command = addScopeOptions(program.command("verify"))
    .description("recompute coverages by independent queries and list every difference; write nothing")
    .addOption(new Option("--format <format>", "how to print the result").choices(["text", "json", "junit", "github"]))
    .option("--details", "show the totals of every field")
    .option(
      "--source <file>",
      "also compare with a file of communities, or populations with PSA's publication datafile",
    );
  addFileOptions(command)
    .addOption(REPORT_PAGE)
    .option("--overwrite", "let --report replace a file")
    .addHelpText(
      "after",
      examples(
        "obc-sync verify",
        "obc-sync verify --province Bukidnon",
        "obc-sync verify --format junit > coverage.xml",
        "obc-sync verify --source communities.csv",
        "obc-sync verify --source PSGC-July-2025-Publication-Datafile.xlsx",
      ),
    )
    .action(
      ask<ScopeFlags & FileFlags & { format?: Invocation["format"]; details?: boolean; source?: string } & PageFlags>(
        ({ format, details = false, source: file, ...flags }) => {
          const scope = scopeRequest(flags);
          if (flags.json && format !== undefined && format !== "json") {
            throw new UsageError(`--json and --format ${format} cannot be combined`, "Give one of them.");
          }
          return {
            ...(format === undefined ? {} : { format }),
            details,
            run: async (context) => {
              const { verify } = await import("../../operations/verify.ts");
              const source = file === undefined ? null : await fileOptions(file, flags);
              return withPage(
                pageRequest(flags, file === undefined ? [] : [file]),
                context,
                () => onDatabase(context, "read", (knex, common) => verify(knex, { ...common, scope, source })),
                async (report) => (await import("../../render/html/result/verify-page.ts")).verifyPage(report),
              );
            },
          };
        },
      ),
    );
}
