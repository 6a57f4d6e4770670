import { type Command, Option } from "commander";
import { type Ask, examples, type Invocation } from "../invocation.ts";
import { addScopeOptions, type ScopeFlags, scopeRequest } from "../options.ts";

export function addVerifyCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("verify"))
    .description("recompute coverages by an independent route and list every difference; write nothing")
    .addOption(new Option("--format <format>", "how to print the result").choices(["text", "json", "junit", "github"]))
    .option("--details", "show the totals of every field")
    .addHelpText(
      "after",
      examples(
        "obc-sync verify",
        "obc-sync verify --province Bukidnon",
        "obc-sync verify --format junit > coverage.xml",
      ),
    )
    .action(
      ask<ScopeFlags & { format?: Invocation["format"]; details?: boolean }>(
        ({ format, details = false, ...flags }) => {
          const scope = scopeRequest(flags);
          return {
            ...(format === undefined ? {} : { format }),
            details,
            run: async (context) => (await import("../../commands/verify.ts")).runVerify(scope, context),
          };
        },
      ),
    );
}
