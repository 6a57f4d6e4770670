import type { Knex } from "knex";
import type { UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";

/** Runs by their ids, of which the first is not meant. */
export interface RunRange {
  after: number;
  /** Null for the newest. */
  until: number | null;
}

/** A condition that one of these runs has changed a unit, as the trail of runs tells. */
export function changedBy({ dialect, schema }: Session, level: UnitLevel, unitId: string, runs: RunRange): Knex.Raw {
  const { after, until } = runs;
  return dialect.sql.raw(
    `${unitId} in (select kept.unit_id from ${schema.bookkeeping.runValues} kept where kept.level = ? and kept.run_id > ?${until === null ? "" : " and kept.run_id <= ?"})`,
    [level, after, ...(until === null ? [] : [until])],
  );
}
