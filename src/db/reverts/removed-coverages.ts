import type { Place } from "../../core/geography/geography-diff.ts";
import { removalOf } from "../../core/reverts/unit-step.ts";
import type { KeptChange } from "../../core/runs/kept-change.ts";
import { StoredChange } from "../../core/runs/stored-change.ts";
import { LEVELS, type Level } from "../../core/sync/level.ts";
import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { readStatesOf } from "./unit-state-reader.ts";

/** The coverages of places that are about to be removed, as changes that remove them. */
export async function readCoveragesOf(session: Session, places: readonly Place[]): Promise<KeptChange[]> {
  const found: StoredChange[] = [];
  for (const level of LEVELS) {
    const codes = places.filter((place) => place.level === level).map(({ code }) => [code]);
    if (codes.length > 0) found.push(...(await unitsOf(session, level, codes)));
  }
  const removals: KeptChange[] = [];
  await readStatesOf(session, found, (unit) => {
    const removal = removalOf(unit);
    if (removal !== null) removals.push(removal);
  });
  return removals;
}

async function unitsOf(session: Session, level: Level, codes: string[][]): Promise<StoredChange[]> {
  const { units, coverages, key } = COVERAGE_TABLES[level];
  const { relations } = session.schema;
  const rows = await read<{ id: number; code: string; name: string }>(session, "bookkeeping", {
    sql: `select unit.id, unit.code, unit.name from ${relations[units]} unit
      join ${relations[coverages]} stored on stored.${key} = unit.id
     where unit.code in (select code from ${session.dialect.expressions.rowsFromJson([["code", "text"]])})`,
    bindings: [JSON.stringify(codes)],
  });
  return rows.map(
    ({ id, ...unit }) => new StoredChange({ ...unit, level, unitId: id, parent: "", action: "removed" }, "[]"),
  );
}
