import { decodeFields } from "../../core/runs/trail-columns.ts";
import type { Level } from "../../core/sync/level.ts";
import type { Scope } from "../../core/sync/scope.ts";
import { UNIT_LEVELS, type UnitChange, type UnitLevel, type ValueChange } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import type { RunRange } from "./run-range.ts";

export type ChangedUnits = Record<UnitLevel, { changed: number; created: number; removed: number }>;

/** How many units of a scope these runs have changed. */
export async function countChangedUnits(session: Session, scope: Scope, runs: RunRange): Promise<ChangedUnits> {
  const { relations, bookkeeping } = session.schema;
  const counts = UNIT_LEVELS.map((level) => {
    const { condition } = inScope(session, scope, level);
    return `select '${level}' as level, count(distinct unit_id) as changed,
                   count(distinct case when action = 'created' then unit_id end) as created,
                   count(distinct case when action = 'removed' then unit_id end) as removed
              from ${bookkeeping.runValues} kept
             where run_id > ? and run_id <= ? and level = '${level}' and ${condition(relations.barangays)}`;
  });
  const rows = await read<Record<"level" | "changed" | "created" | "removed", string | number>>(session, "read", {
    sql: counts.join(" union all "),
    bindings: UNIT_LEVELS.flatMap((level) => [runs.after, runs.until, ...inScope(session, scope, level).bindings]),
  });
  return Object.fromEntries(
    rows.map(({ level, changed, created, removed }) => [
      level,
      { changed: Number(changed), created: Number(created), removed: Number(removed) },
    ]),
  ) as ChangedUnits;
}

/** A condition that a kept change is of a unit in scope. */
function inScope({ dialect }: Session, scope: Scope, level: UnitLevel) {
  if (scope.kind === "all") return { condition: () => "true", bindings: [] };
  const { among, boundIds } = dialect.expressions;
  const ids = level === "province" ? scope.provinceIds : scope.municipalityIds;
  const condition = (barangays: string) =>
    level === "community"
      ? `unit_id in (select id from ${barangays} b where ${among("b.municipality_id", ids.length)})`
      : among("unit_id", ids.length);
  return { condition, bindings: [boundIds(ids)] };
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
  const { condition, bindings } = inScope(session, scope, level);
  const found = new Map<number, NetChange>();
  await streamRows(
    session,
    "read",
    {
      sql: `select kept.unit_id, kept.action, kept.changes, coalesce(unit.code, kept.code) as code, coalesce(unit.name, kept.code) as name,
                   coalesce(above.name, '') as parent
              from ${bookkeeping.runValues} kept
              left join ${relations[units]} unit on unit.id = kept.unit_id
              left join ${relations[parents]} above on above.id = unit.${parentKey}
             where kept.run_id > ? and kept.run_id <= ? and kept.level = '${level}' and ${condition(relations.barangays)}
             order by code, kept.run_id`,
      bindings: [runs.after, runs.until, ...bindings],
    },
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
