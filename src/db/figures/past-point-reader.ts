import { UnitError } from "../../core/errors.ts";
import type { PastPoint } from "../../core/figures/past-state.ts";
import type { PointInTime } from "../../core/figures/point-in-time.ts";
import type { RunCounts } from "../../core/runs/run.ts";
import { UNIT_LEVELS } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { LARGEST_RUN } from "../runs/run-range.ts";
import { readForgottenRuns } from "../runs/run-reader.ts";
import { blankValues } from "../runs/unit-tables.ts";
import { withColumns } from "../transaction/base-tables.ts";
import type { Past } from "./past-figures.ts";

/** A point in the past, and what was recorded since. */
export interface ResolvedPast extends Past {
  /** The runs after it that changed places, whose names and parents of then are not kept. */
  placeRuns: readonly number[];
  /** The runs until then of which `history prune` has deleted what they changed. */
  forgottenRuns: readonly number[];
}

interface RunRow {
  id: number;
  finished_at: string | Date;
  counts: string;
}

/**
 * Finds the last run that ended by a point in time.
 *
 * @throws UnitError if there is no such run, or what a later run changed has been deleted
 */
export async function readPast(session: Session, asked: PointInTime): Promise<ResolvedPast> {
  const { runs: table } = session.schema.bookkeeping;
  const rows = await read<RunRow>(session, "read", {
    sql: `select id, finished_at, counts from ${table} run order by id`,
    bindings: [],
  });
  const runs = rows.map((row) => ({ ...row, finishedAt: new Date(row.finished_at).toISOString() }));
  const finishedAt = new Map(runs.map((run) => [run.id, run.finishedAt]));
  const point = pointAmong(runs, asked);
  const [forgotten] = await readForgottenRuns(session, { after: point.run, until: LARGEST_RUN });
  if (forgotten !== undefined) throw tooFarBack(point, forgotten.id);
  const earlier = await readForgottenRuns(session, { after: 0, until: point.run });
  const forgottenRuns = earlier.map(({ id }) => id).reverse();
  const placeRuns = runs.filter(({ id, counts }) => id > point.run && changesPlaces(counts)).map(({ id }) => id);
  return { point, finishedAt, blank: await readBlank(session), placeRuns, forgottenRuns };
}

/** Only the catalog knows which columns of an application are never null. */
async function readBlank(session: Session): Promise<Past["blank"]> {
  const complete = await withColumns(session);
  const blank = UNIT_LEVELS.map((level) => [level, blankValues(complete, level)]);
  return Object.fromEntries(blank) as Past["blank"];
}

function pointAmong(runs: ReadonlyArray<{ id: number; finishedAt: string }>, asked: PointInTime): PastPoint {
  if ("run" in asked) {
    const found = runs.find(({ id }) => id === asked.run);
    if (found !== undefined) return { run: found.id, time: found.finishedAt };
    throw new UnitError("RUN_UNKNOWN", `there is no run ${asked.run}`, "List the runs with: obc-sync history");
  }
  // The end of a day that is not over is now.
  const time = new Date(Math.min(asked.time.getTime(), Date.now())).toISOString();
  return { run: runs.findLast(({ finishedAt }) => finishedAt <= time)?.id ?? 0, time };
}

/** @param counts as they are stored */
function changesPlaces(counts: string): boolean {
  const { places } = JSON.parse(counts) as RunCounts;
  return places !== undefined && places.created + places.updated + places.removed > 0;
}

function tooFarBack({ run }: PastPoint, forgotten: number): UnitError {
  return new UnitError(
    "RUN_FORGOTTEN",
    `the figures after run ${run} cannot be rebuilt: what run ${forgotten} changed has been deleted by history prune`,
    `Figures are known as of run ${forgotten} and later`,
  );
}
