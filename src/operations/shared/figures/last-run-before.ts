import { UnitError } from "../../../core/errors.ts";
import type { PointInTime } from "../../../core/figures/point-in-time.ts";
import type { Session } from "../../../db/connection/session.ts";
import { readLastRunBefore, readRuns } from "../../../db/runs/run-reader.ts";
import { requireRun } from "../runs/require-run.ts";

/**
 * The run after which changes since a point in time begin; 0 for the time before the first.
 *
 * @throws UnitError if there is no such run, or no run at all
 */
export async function lastRunBefore(session: Session, point: PointInTime): Promise<number> {
  if ("run" in point) return (await requireRun(session, point.run)).id;
  if ((await readRuns(session, 1)).length === 0) {
    throw new UnitError(
      "RUN_UNKNOWN",
      "no run is recorded, so that nobody knows what has changed",
      "Runs are recorded from the first import or sync on. Until then, leave out the date.",
    );
  }
  return (await readLastRunBefore(session, point.time.toISOString()))?.id ?? 0;
}
