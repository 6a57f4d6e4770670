import { type Command, Option } from "commander";
import { SEVERITIES, type Severity } from "../../core/analysis.ts";
import { UsageError } from "../../core/errors.ts";
import { type Ask, examples } from "../invocation.ts";
import { addScopeOptions, type ScopeFlags, scopeRequest } from "../options.ts";

type AnalyzeFlags = ScopeFlags & { check?: string[]; severity: Severity; sample: string; list?: boolean };

export function addAnalyzeCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("analyze"))
    .description("find out why figures are not what someone expects, and what mends each; write nothing")
    .option("--check <id>", "only this check; may be given more than once", collect)
    .addOption(
      new Option("--severity <severity>", "only checks as severe as this, or more").choices(SEVERITIES).default("info"),
    )
    .option("--sample <n>", "how many findings of each check to show", "5")
    .option("--list", "print the checks, and run none")
    .addHelpText(
      "after",
      examples(
        "obc-sync analyze",
        "obc-sync analyze --severity error --quiet",
        "obc-sync analyze --province Bukidnon --check stale-coverage --sample 50",
        "obc-sync analyze --list",
      ),
    )
    .action(
      ask<AnalyzeFlags>((flags) => {
        const sample = Number(flags.sample);
        if (!Number.isInteger(sample) || sample < 0) {
          throw new UsageError(`--sample "${flags.sample}" is not a whole number`, "For example: --sample 20");
        }
        const { check: checks = [], severity } = flags;
        const scope = scopeRequest(flags);
        return {
          run: async (context) => {
            const { listChecks, runAnalyze } = await import("../../commands/analyze.ts");
            return flags.list ? listChecks() : runAnalyze({ scope, checks, severity, sample }, context);
          },
        };
      }),
    );
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}
