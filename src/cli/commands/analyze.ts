import { type Command, Option } from "commander";
import { type FailOn, SEVERITIES, type Severity } from "../../core/diagnosis/analysis.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { addScopeOptions, ListOption, REPORT_PAGE, type ScopeFlags, scopeRequest, wholeNumber } from "../options.ts";
import { pageRequest, withPage } from "../page-file.ts";

type AnalyzeFlags = ScopeFlags & {
  check?: string[];
  severity: Severity;
  failOn: FailOn;
  sample: string;
  maxAge: string;
  list?: boolean;
  report?: string;
  overwrite?: boolean;
};

/** Allows a nightly sync to fail once. */
const MAX_AGE_HOURS = "48";

export function addAnalyzeCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("analyze"))
    .description("find wrong or suspicious figures, with the command that fixes each; write nothing")
    .addOption(new ListOption("--check <id>", "only this check"))
    .addOption(
      new Option("--severity <severity>", "only checks of this severity or higher").choices(SEVERITIES).default("info"),
    )
    .addOption(
      new Option("--fail-on <severity>", "lowest severity of findings that makes it exit with code 2")
        .choices([...SEVERITIES, "never"])
        .default("error"),
    )
    .option("--sample <n>", "number of findings to show for each check", "5")
    .option("--max-age <hours>", "for last-sync: maximum age of the latest sync", MAX_AGE_HOURS)
    .option("--list", "list the checks without running them")
    .addOption(REPORT_PAGE)
    .option("--overwrite", "let --report replace a file")
    .addHelpText(
      "after",
      examples(
        "obc-sync analyze",
        "obc-sync analyze --severity error --quiet",
        "obc-sync analyze --fail-on warning",
        "obc-sync analyze --province Bukidnon --check stale-coverage --sample 50",
        "obc-sync analyze --check last-sync --max-age 2",
        "obc-sync analyze --list",
      ),
    )
    .action(
      ask<AnalyzeFlags>((flags) => {
        const { check: checks = [], severity, failOn } = flags;
        const options = {
          scope: scopeRequest(flags),
          checks,
          severity,
          failOn,
          sample: wholeNumber("--sample", flags.sample, 0),
          maxAgeHours: wholeNumber("--max-age", flags.maxAge, 1),
        };
        return {
          run: async (context) => {
            const { analyze, listChecks } = await import("../../operations/analyze.ts");
            if (flags.list) return listChecks();
            return withPage(
              pageRequest(flags),
              context,
              () => onDatabase(context, "read", (knex, common) => analyze(knex, { ...common, ...options })),
              async (report) => (await import("../../render/html/result/analyze-page.ts")).analyzePage(report),
            );
          },
        };
      }),
    );
}
