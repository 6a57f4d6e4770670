import type { Command } from "commander";
import { type Ask, examples } from "../../invocation.ts";

export function addPlanCommand(program: Command, ask: Ask): void {
  program
    .command("plan")
    .description("look at a saved plan")
    .command("show")
    .description("show what a saved plan will do; needs no database")
    .argument("<file>", "plan that --plan-out of sync, import communities or revert has written")
    .option("--details", "list every changed field")
    .addHelpText("after", examples("obc-sync plan show plan.json", "obc-sync plan show plan.json --details"))
    .action(
      ask<{ details?: boolean }>(({ details = false }, [file = ""]) => ({
        details,
        run: async () => {
          const { showPlanFile } = await import("../../../operations/runs/plan-file.ts");
          return showPlanFile(file);
        },
      })),
    );
}
