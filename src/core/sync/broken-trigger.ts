import { DatabaseError } from "../errors.ts";

/** What can be wrong with a trigger of the change log, so that changes may not have been logged. */
export type TriggerProblem = "missing" | "disabled" | "replica-only" | "on-another-table" | "altered";

/** A trigger of the change log that is not as this version makes it. */
export interface BrokenTrigger {
  trigger: string;
  problem: TriggerProblem;
}

/** "missing: obc_sync_barangays_insert; disabled: obc_sync_barangays_update" */
export function describeBrokenTriggers(broken: readonly BrokenTrigger[]): string {
  const problems = [...new Set(broken.map(({ problem }) => problem))];
  return problems
    .map((problem) => {
      const triggers = broken.filter((one) => one.problem === problem).map(({ trigger }) => trigger);
      return `${problem.replaceAll("-", " ")}: ${triggers.join(", ")}`;
    })
    .join("; ");
}

export const CAPTURE_BROKEN = "CAPTURE_BROKEN";

/** The change log cannot be relied on, and the caller wants no repair. */
export function captureBroken(broken: readonly BrokenTrigger[]): DatabaseError {
  return new DatabaseError(
    CAPTURE_BROKEN,
    `the triggers of the change log are broken, so changes may be missing from it (${describeBrokenTriggers(broken)})`,
    "Run: obc-sync sync --changed. It puts the triggers back and syncs everything.",
  );
}
