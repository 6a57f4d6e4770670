import type { Command } from "commander";
import { onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";

export function addApplyCommand(program: Command, ask: Ask): void {
  program
    .command("apply")
    .description("do what a saved plan says, exactly that, or nothing: refused where anything has changed since")
    .argument("<file>", "plan that --plan-out of sync, import communities or revert has written")
    .option("--details", "list every changed field")
    .addHelpText(
      "after",
      examples(
        "obc-sync import communities communities.csv --plan-out plan.json",
        "obc-sync plan show plan.json",
        "obc-sync apply plan.json",
      ),
    )
    .action(
      ask<{ details?: boolean }>(({ details = false }, [file = ""]) => ({
        details,
        run: async (context) => {
          const { applyPlanFile } = await import("../../../operations/runs/plan-file.ts");
          return onDatabase(context, "write", (knex, common) => applyPlanFile(knex, file, common));
        },
      })),
    );
}
