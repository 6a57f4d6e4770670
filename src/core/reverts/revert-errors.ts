import { UnitError } from "../errors.ts";
import { grouped } from "../grouped.ts";
import { hasCounts, type RecordedRun } from "../runs/run.ts";
import { placeOf } from "../sync/unit-change.ts";
import type { Overtaken } from "./revert-plan.ts";

export const LIST_RUNS = "List the runs with: obc-sync history";

/** Another run has ended while a revert of the last one waited for it. */
export function noLongerLast(expected: RecordedRun | null, last: RecordedRun | null): UnitError {
  const name = (run: RecordedRun | null) => (run === null ? "none" : `run ${run.id} (${run.command})`);
  return new UnitError(
    "RUN_NOT_LAST",
    `nothing was written: the last run was ${name(expected)} when this began, and is ${name(last)} now, since another run has ended`,
    LIST_RUNS,
  );
}

export function revertedAlready({ id, revertedBy }: RecordedRun): UnitError {
  return new UnitError(
    "RUN_REVERTED",
    `run ${id} is reverted already, by run ${revertedBy}`,
    `To bring it back, revert the revert: obc-sync revert ${revertedBy}`,
  );
}

export function nothingKept({ id, command, counts }: RecordedRun): UnitError {
  const what = hasCounts(counts)
    ? "what it changed is forgotten (history prune)"
    : "it changed no community and no coverage";
  return new UnitError("RUN_NOT_REVERTIBLE", `run ${id} (${command}) cannot be reverted: ${what}`, LIST_RUNS);
}

/** The rows that a run removed, which its revert would put back. */
export function rowsForgotten(run: number): UnitError {
  return new UnitError(
    "RUN_NOT_REVERTIBLE",
    `run ${run} cannot be reverted, nothing was written: the rows that it removed are forgotten (history prune)`,
    LIST_RUNS,
  );
}

const LISTED = 20;

/** @param others the number of units that could be reverted */
export function refusal({ id }: RecordedRun, overtaken: readonly Overtaken[], others: number): UnitError {
  const shown = overtaken
    .slice(0, LISTED)
    .map(({ change, reason }) => `  ${change.level} ${placeOf(change)} (${change.code}): ${reason}`);
  const rest = overtaken.length > LISTED ? [`  and ${grouped(overtaken.length - LISTED)} more`] : [];
  const units = overtaken.length === 1 ? "1 unit has" : `${grouped(overtaken.length)} units have`;
  const only = others === 1 ? "the other one" : `the ${grouped(others)} others`;
  return new UnitError(
    "RUN_OVERTAKEN",
    `run ${id} cannot be reverted, nothing was written: ${units} been changed since\n${[...shown, ...rest].join("\n")}`,
    others === 0
      ? "Nothing of the run is left to revert. What happened to a unit: obc-sync history --community CODE, or --coverage CODE"
      : `To revert only ${only}, add --force. What happened to a unit: obc-sync history --community CODE, or --coverage CODE`,
  );
}
