import type { Command } from "commander";
import { UsageError } from "../../core/errors.ts";
import type { ScopeRequest } from "../../core/sync/scope.ts";
import { onDatabase } from "../context.ts";
import { type Ask, examples } from "../invocation.ts";
import {
  addScopeOptions,
  checkPlanFlags,
  PLAN_OUT,
  type PlanFlags,
  type ScopeFlags,
  scopeRequest,
} from "../options.ts";

type SyncFlags = ScopeFlags &
  PlanFlags & {
    changed?: boolean;
    repair: boolean;
    dryRun?: boolean;
    provinces: boolean;
    details?: boolean;
    detailedExitcode?: boolean;
  };

export function addSyncCommand(program: Command, ask: Ask): void {
  addScopeOptions(program.command("sync"))
    .description("recalculate coverages: a full resync, or only the units named and the provinces above them")
    .option("--changed", "only units that any program has changed since their last sync, from the change log")
    .option(
      "--no-repair",
      "with --changed: exit 1 if triggers of the change log are broken, instead of putting them back and syncing everything",
    )
    .option("--dry-run", "show exactly what would change; write nothing")
    .addOption(PLAN_OUT)
    .option("--overwrite", "let --plan-out replace a file")
    .option("--no-provinces", "do not recalculate provinces")
    .option("--details", "list every changed field of every unit")
    .option("--detailed-exitcode", "with --dry-run: exit 2 if there are changes to make")
    .addHelpText(
      "after",
      examples(
        "obc-sync sync --dry-run",
        "obc-sync sync",
        "obc-sync sync --plan-out plan.json",
        "obc-sync sync --changed",
        'obc-sync sync --region 12 --region "Region X"',
        'obc-sync sync --municipality "San Jose, Antique" --json',
      ),
    )
    .action(
      ask<SyncFlags>((flags) => {
        const { planOut: planFile, overwrite } = flags;
        checkPlanFlags(flags, {});
        const dryRun = flags.dryRun || planFile !== undefined;
        if (flags.detailedExitcode && !dryRun) {
          throw new UsageError("--detailed-exitcode requires --dry-run", "Add --dry-run, or omit --detailed-exitcode.");
        }
        if (!flags.repair && !flags.changed) {
          throw new UsageError("--no-repair requires --changed", "Add --changed, or omit --no-repair.");
        }
        const options = { scope: syncScope(flags), syncProvincial: flags.provinces, repair: flags.repair };
        return {
          details: flags.details ?? false,
          detailedExitCode: flags.detailedExitcode ?? false,
          run: async (context) => {
            const { planSync, previewSync, sync } = await import("../../operations/sync.ts");
            if (planFile !== undefined) {
              const { savePlan } = await import("../../operations/runs/plan-file.ts");
              // Putting triggers back is no part of a plan.
              const planned = { ...options, repair: false };
              return onDatabase(context, "read", (knex, common) =>
                savePlan(knex, { planFile, overwrite }, () => planSync(knex, { ...common, ...planned })),
              );
            }
            const [access, operation] = dryRun ? (["read", previewSync] as const) : (["write", sync] as const);
            return onDatabase(context, access, (knex, common) => operation(knex, { ...common, ...options }));
          },
        };
      }),
    );
}

/** @throws UsageError if --changed is given with units */
function syncScope(flags: SyncFlags): ScopeRequest {
  const request = scopeRequest(flags);
  if (!flags.changed) return request;
  if (request.kind !== "all") {
    throw new UsageError(`--changed and --${request.kind} cannot be combined`, "Give one of them.");
  }
  return { kind: "changed" };
}
