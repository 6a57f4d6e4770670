import type { RecordedRun } from "../../core/runs/run.ts";
import { StoredChange } from "../../core/runs/stored-change.ts";
import type { UnitChange, UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read, streamRows } from "../connection/statements.ts";
import { type RunRow, recordedRun, selectRuns } from "./run-reader.ts";

/** Limits the communities of one run that are in memory. The country has 42,011 barangays: only made-up runs have more. */
const MAX_COMMUNITIES = 50_000;

/**
 * What a recorded run changed, sorted by level and code: at most 50,000 communities, and every coverage. Units that have
 * lost their place are named by their code.
 */
export async function readChanges(session: Session, run: number): Promise<StoredChange[]> {
  const { runValues, ...relations } = { ...session.schema.relations, runValues: session.schema.bookkeeping.runValues };
  const columns = "kept.level, kept.unit_id, kept.code, kept.action, kept.changes, kept.synced";
  const ofLevel = `from ${runValues} kept`;
  const changes: StoredChange[] = [];
  await streamRows(
    session,
    "read",
    {
      sql: `select ${columns}, barangay.name, municipality.name as parent, province.name as province
         from (select * ${ofLevel} where run_id = ? and level = 'community'
                order by unit_id limit ${MAX_COMMUNITIES}) kept
         left join ${relations.barangays} barangay on barangay.id = kept.unit_id
         left join ${relations.municipalities} municipality on municipality.id = barangay.municipality_id
         left join ${relations.provinces} province on province.id = municipality.province_id
       union all
       select ${columns}, municipality.name, province.name, null
         ${ofLevel}
         left join ${relations.municipalities} municipality on municipality.id = kept.unit_id
         left join ${relations.provinces} province on province.id = municipality.province_id
        where kept.run_id = ? and kept.level = 'municipality'
       union all
       select ${columns}, province.name, region.name, null
         ${ofLevel}
         left join ${relations.provinces} province on province.id = kept.unit_id
         left join ${relations.regions} region on region.id = province.region_id
        where kept.run_id = ? and kept.level = 'province'`,
      bindings: [run, run, run],
    },
    (row) => {
      const [level, unitId, code, action, encoded, synced, name, parent, province] = row.values("level", 9);
      const unit = {
        level: level as UnitLevel,
        unitId: Number(unitId),
        code: String(code),
        name: String(name ?? code),
        parent: String(parent ?? ""),
        province: level === "community" ? String(province ?? "") : undefined,
        action: action as UnitChange["action"],
        isSynced: synced === 1,
      };
      changes.push(new StoredChange(unit, String(encoded)));
    },
  );
  return changes.sort(byLevelAndCode);
}

/** A unit as it is named now. */
type NamedUnit = Omit<ConstructorParameters<typeof StoredChange>[0], "action">;

/** The newest runs that changed a unit, newest first, with what they changed in it. */
export async function readChangesOfUnit(
  session: Session,
  unit: NamedUnit,
  limit: number,
): Promise<Array<{ run: RecordedRun; change: StoredChange }>> {
  const { sql } = session.dialect;
  const query = selectRuns(session)
    .select("kept.action as kept_action", "kept.changes as kept_changes")
    // In SQLite, a cross join keeps the order: one look-up for each run, instead of a scan of what all runs changed.
    .crossJoin(sql.raw(`${session.schema.bookkeeping.runValues} as kept`))
    .whereRaw("kept.run_id = run.id")
    .where({ "kept.level": unit.level, "kept.unit_id": unit.unitId })
    .limit(limit);
  const rows = await read<RunRow & { kept_action: UnitChange["action"]; kept_changes: string }>(session, "read", query);
  return rows.map((row) => ({
    run: recordedRun(row),
    change: new StoredChange({ ...unit, action: row.kept_action }, row.kept_changes),
  }));
}

/**
 * The unit that the newest run named by a code, whether or not its place still exists; null if there is none. It reads the
 * changes of every run.
 */
export async function findUnitOfCode(
  session: Session,
  levels: readonly UnitLevel[],
  code: string,
): Promise<{ level: UnitLevel; unitId: number; code: string } | null> {
  const { sql } = session.dialect;
  const query = sql
    .select("level", "unit_id")
    .from(sql.raw(`${session.schema.bookkeeping.runValues} as kept`))
    .whereIn("level", levels)
    .where({ code })
    .orderBy("run_id", "desc")
    .limit(1);
  const [row] = await read<{ level: UnitLevel; unit_id: number | string }>(session, "read", query);
  return row === undefined ? null : { level: row.level, unitId: Number(row.unit_id), code };
}

function byLevelAndCode(left: UnitChange, right: UnitChange): number {
  if (left.level !== right.level) return left.level < right.level ? -1 : 1;
  return left.code < right.code ? -1 : 1;
}
