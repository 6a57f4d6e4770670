import type { Knex } from "knex";
import { decodeFields } from "../../core/runs/trail-columns.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { UNIT_LEVELS, type UnitChange, type UnitLevel, type ValueChange } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { inScope } from "../places/in-scope.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { RunRange } from "./run-range.ts";

export type ChangedUnits = Record<UnitLevel, { changed: number; created: number; removed: number }>;

/** How many units of a scope these runs have changed. */
export async function countChangedUnits(session: Session, scope: Scope, runs: RunRange): Promise<ChangedUnits> {
  const { runValues } = session.schema.bookkeeping;
  const counts = UNIT_LEVELS.map(
    (level) => `select '${level}' as level, count(distinct unit_id) as changed,
                   count(distinct case when action = 'created' then unit_id end) as created,
                   count(distinct case when action = 'removed' then unit_id end) as removed
              from ${runValues} kept
             where run_id > ? and run_id <= ? and level = '${level}' and ?`,
  );
  const query = session.dialect.sql.raw(
    counts.join(" union all "),
    UNIT_LEVELS.flatMap((level) => [runs.after, runs.until, isOfScope(session, scope, level)]),
  );
  const rows = await read<Record<"level" | "changed" | "created" | "removed", string | number>>(session, "read", query);
  return Object.fromEntries(
    rows.map(({ level, changed, created, removed }) => [
      level,
      { changed: Number(changed), created: Number(created), removed: Number(removed) },
    ]),
  ) as ChangedUnits;
}

/** A condition that a kept change is of a unit in scope. */
function isOfScope(session: Session, scope: Scope, level: UnitLevel): Knex.Raw {
  if (level !== "community") return inScope({ session, scope }, level, "kept.unit_id");
  const { sql } = session.dialect;
  if (scope.kind === "all") return sql.raw("true");
  const municipality = inScope({ session, scope }, "municipality", "b.municipality_id");
  return sql.raw(`kept.unit_id in (select id from ${session.schema.relations.barangays} b where ?)`, [municipality]);
}

/** What the runs after one have made of a coverage, from the first of them to the last. */
export interface NetChange extends Pick<UnitChange, "code" | "name" | "parent"> {
  fields: Record<string, ValueChange>;
}

/** The coverages of one level in a scope that these runs have changed, ordered by code. */
export async function readNetChanges(
  session: Session,
  scope: Scope,
  runs: RunRange,
  level: Level,
): Promise<NetChange[]> {
  const { relations, bookkeeping } = session.schema;
  const { units, parents, parentKey } = COVERAGE_TABLES[level];
  const found = new Map<number, NetChange>();
  await streamRows(
    session,
    "read",
    session.dialect.sql.raw(
      `select kept.unit_id, kept.action, kept.changes, coalesce(unit.code, kept.code) as code, coalesce(unit.name, kept.code) as name,
                   coalesce(above.name, '') as parent
              from ${bookkeeping.runValues} kept
              left join ${relations[units]} unit on unit.id = kept.unit_id
              left join ${relations[parents]} above on above.id = unit.${parentKey}
             where kept.run_id > ? and kept.run_id <= ? and kept.level = '${level}' and ?
             order by code, kept.run_id`,
      [runs.after, runs.until, isOfScope(session, scope, level)],
    ),
    (row) => {
      const unitId = Number(row.value("unit_id"));
      const net = found.get(unitId) ?? {
        code: String(row.value("code")),
        name: String(row.value("name")),
        parent: String(row.value("parent")),
        fields: {},
      };
      found.set(unitId, net);
      const action = row.value("action") as UnitChange["action"];
      const fields = decodeFields(String(row.value("changes")), action, asStored);
      for (const [column, { before, after }] of Object.entries(fields)) {
        const first = net.fields[column]?.before;
        net.fields[column] = { before: first === undefined ? before : first, after };
      }
    },
  );
  return [...found.values()];
}

function asStored(text: string): string {
  return text;
}
