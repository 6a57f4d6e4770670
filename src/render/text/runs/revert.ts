import type { RevertReport } from "../../../core/reverts/revert-report.ts";
import { changeList } from "../changes/change-list.ts";
import { leftOutLines } from "../left-out.ts";
import { counted, type Style, seconds } from "../style.ts";
import { planFileLines } from "./plan.ts";

export function* revertText(report: RevertReport, style: Style): Generator<string> {
  const { dryRun, reverts, run, changes, overtaken, sync, durationMs } = report;
  if (!style.quiet)
    yield style.paint.bold(`${dryRun ? "Would revert" : "Reverted"} run ${reverts.id} (${reverts.command})`);
  if (!style.quiet || dryRun) yield* changeList(changes, dryRun ? "planned" : "done", style);
  if (overtaken.length > 0) {
    yield style.paint.yellow(
      `${counted(overtaken.length, "unit stays as it is", "units stay as they are")}: something newer stands there`,
    );
    for (const { change, reason } of overtaken)
      yield `  ! ${change.name}, ${change.parent} (${change.code}): ${reason}`;
  }
  if (sync !== null) yield* leftOutLines(sync.findings, style);
  if (style.quiet) return;
  if (changes.length === 0) yield "  Nothing had to change.";
  if (sync === null)
    yield "  The run was a sync: these coverages differ from their communities now, and the next sync writes them again.";
  yield "";
  if (dryRun) {
    yield style.paint.yellow("Dry run: nothing was written.");
    yield* planFileLines(report.planFile, style);
  } else
    yield style.paint.dim(`Done in ${seconds(durationMs)}. This is run ${run}: obc-sync revert ${run} brings it back.`);
}
