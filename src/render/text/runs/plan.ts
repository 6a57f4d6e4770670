import type { ApplyReport, PlanReport } from "../../../core/plans/plan-report.ts";
import { changeList } from "../changes/change-list.ts";
import { leftOutLines } from "../left-out.ts";
import { counted, type Style, seconds } from "../style.ts";

/** Where a dry run has saved its plan; nothing where it has not. */
export function planFileLines(planFile: string | undefined, { paint }: Style): string[] {
  return planFile === undefined
    ? []
    : [paint.green(`Plan saved in ${planFile}. To do exactly that: obc-sync apply ${planFile}`)];
}

export function* applyText({ file, changes, run, sync, durationMs }: ApplyReport, style: Style): Generator<string> {
  const { paint, quiet } = style;
  if (!quiet) {
    yield paint.bold(`Applied the plan ${file}`);
    yield* changeList(changes, "done", style);
  }
  if (sync !== null) yield* leftOutLines(sync.findings, style);
  if (quiet) return;
  yield "";
  const back = changes.length === 0 ? "it changed nothing." : `obc-sync revert ${run} takes it back.`;
  yield paint.dim(`Done in ${seconds(durationMs)}. This is run ${run}: ${back}`);
}

export function* planText({ file, plan }: PlanReport, style: Style): Generator<string> {
  const { command, createdAt, actor, database, schema, changes } = plan;
  const what = [command, plan.reverts, plan.file?.name].filter((part) => part !== null && part !== undefined).join(" ");
  yield style.paint.bold(`Plan ${file}: ${what}`);
  yield `  made ${createdAt.slice(0, 19).replace("T", " ")} UTC by ${actor}, for ${database.name} (${database.kind}, schema ${schema})`;
  if (plan.file !== null) yield `  from ${plan.file.name}, SHA-256 ${plan.file.sha256}`;
  yield changes.length === 0
    ? "  It changes nothing."
    : `  ${counted(changes.length, "unit changes", "units change")}:`;
  yield* changeList(changes, "planned", style);
}
