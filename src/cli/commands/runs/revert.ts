import type { Command } from "commander";
import { UsageError } from "../../../core/errors.ts";
import type { RevertOptions } from "../../../operations/runs/revert.ts";
import { onDatabase } from "../../context.ts";
import { type Ask, examples } from "../../invocation.ts";
import { checkPlanFlags, PLAN_OUT, type PlanFlags, wholeNumber } from "../../options.ts";

interface RevertFlags extends PlanFlags {
  last?: boolean;
  dryRun?: boolean;
  force?: boolean;
  details?: boolean;
}

export function addRevertCommand(program: Command, ask: Ask): void {
  program
    .command("revert")
    .description(
      "take a run back: every value that it changed gets the one before, and the coverages above are recalculated, all or nothing",
    )
    .argument("[run]", "number of the run, as history lists it")
    .option("--last", "the newest run that changed something, is no revert and is not reverted")
    .option("--dry-run", "show what would change; write nothing")
    .addOption(PLAN_OUT)
    .option("--overwrite", "let --plan-out replace a file")
    .option("--force", "where something newer stands in some communities or coverages, revert the others")
    .option("--details", "list every changed field")
    .addHelpText(
      "after",
      examples(
        "obc-sync revert 12 --dry-run",
        "obc-sync revert 12",
        "obc-sync revert --last",
        "obc-sync revert 12 --force",
        "obc-sync revert 12 --plan-out plan.json",
      ),
    )
    .action(
      ask<RevertFlags>(({ last = false, dryRun, force, details = false, planOut: planFile, overwrite }, [number]) => {
        if (last === (number !== undefined)) {
          throw new UsageError(
            last ? "--last cannot be combined with the number of a run" : "which run is to be reverted?",
            "Give its number, as obc-sync history lists it, or --last.",
          );
        }
        checkPlanFlags({ planOut: planFile, overwrite }, {});
        const run: RevertOptions["run"] = number === undefined ? "last" : wholeNumber("run", number, 1);
        return {
          details,
          run: async (context) => {
            const { planRevert, revert } = await import("../../../operations/runs/revert.ts");
            return onDatabase(context, "write", async (knex, common) => {
              const options = { ...common, run, force };
              if (planFile === undefined) return revert(knex, { ...options, dryRun });
              const { savePlan } = await import("../../../operations/runs/plan-file.ts");
              return savePlan(knex, { planFile, overwrite }, () => planRevert(knex, options));
            });
          },
        };
      }),
    );
}
