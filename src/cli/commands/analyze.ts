import { type Command, Option } from "commander";
import { SEVERITIES, type Severity } from "../../core/diagnosis/analysis.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import { addScopeOptions, collect, type ScopeFlags, scopeRequest, wholeNumber } from "../options.ts";

type AnalyzeFlags = ScopeFlags & {
  check?: string[];
  severity: Severity;
  sample: string;
  maxAge: string;
  list?: boolean;
};

/** A nightly sync may fail once before anyone is told. */
const MAX_AGE_HOURS = "48";

export function addAnalyzeCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("analyze"))
    .description("find out why figures are not what someone expects, and what mends each; write nothing")
    .option("--check <id>", "only this check; may be given more than once", collect)
    .addOption(
      new Option("--severity <severity>", "only checks as severe as this, or more").choices(SEVERITIES).default("info"),
    )
    .option("--sample <n>", "how many findings of each check to show", "5")
    .option("--max-age <hours>", "for last-sync: how old the newest sync may be", MAX_AGE_HOURS)
    .option("--list", "print the checks, and run none")
    .addHelpText(
      "after",
      examples(
        "obc-sync analyze",
        "obc-sync analyze --severity error --quiet",
        "obc-sync analyze --province Bukidnon --check stale-coverage --sample 50",
        "obc-sync analyze --check last-sync --max-age 2",
        "obc-sync analyze --list",
      ),
    )
    .action(
      ask<AnalyzeFlags>((flags) => {
        const { check: checks = [], severity } = flags;
        const options = {
          scope: scopeRequest(flags),
          checks,
          severity,
          sample: wholeNumber("--sample", flags.sample, 0),
          maxAgeHours: wholeNumber("--max-age", flags.maxAge, 1),
        };
        return {
          run: async (context) => {
            const { analyze, listChecks } = await import("../../operations/analyze.ts");
            if (flags.list) return listChecks();
            return onDatabase(context, "read", (knex, common) => analyze(knex, { ...common, ...options }));
          },
        };
      }),
    );
}
