import type { Knex } from "knex";
import type { UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import type { RunRange } from "../runs/run-range.ts";

/** A condition that one of these runs has changed a unit, as the trail of runs tells. */
export function changedBy({ dialect, schema }: Session, level: UnitLevel, unitId: string, runs: RunRange): Knex.Raw {
  return dialect.sql.raw(
    `${unitId} in (select kept.unit_id from ${schema.bookkeeping.runValues} kept where kept.level = ? and kept.run_id > ? and kept.run_id <= ?)`,
    [level, runs.after, runs.until],
  );
}
