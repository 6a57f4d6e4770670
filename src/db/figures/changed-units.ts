import type { Knex } from "knex";
import type { UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";

/** A condition that a run after the given one has changed a unit, as the trail of runs tells. */
export function changedSince({ dialect, schema }: Session, level: UnitLevel, unitId: string, run: number): Knex.Raw {
  return dialect.sql.raw(
    `${unitId} in (select kept.unit_id from ${schema.bookkeeping.runValues} kept where kept.level = ? and kept.run_id > ?)`,
    [level, run],
  );
}
