import { UnitError } from "../../../core/errors.ts";
import { revertedAlready } from "../../../core/reverts/revert-errors.ts";
import { revertedRuns } from "../../../core/reverts/reverted-runs.ts";
import type { RecordedRun } from "../../../core/runs/run.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readReversals, readRun } from "../../../db/runs/run-reader.ts";

/** @throws UnitError if there is no such run */
export async function requireRun(session: Session, id: number): Promise<RecordedRun> {
  const run = await readRun(session, id);
  if (run !== null) return run;
  throw new UnitError("RUN_UNKNOWN", `there is no run ${id}`, "List the runs with: obc-sync history");
}

/** @throws UnitError if there is no such run, or it is taken back already */
export async function requireRevertible(session: Session, id: number): Promise<RecordedRun> {
  const found = await requireRun(session, id);
  if (revertedRuns(await readReversals(session)).has(found.id)) throw revertedAlready(found);
  return found;
}
