import { leaveOutTooLarge } from "../../core/sync/leave-out.ts";
import type { Level } from "../../core/sync/level.ts";
import { type CoverageValue, PlannedChange } from "../../core/sync/planned-change.ts";
import { computedColumns, emptyPlan, isNameList, type LevelCounts, type SyncPlan } from "../../core/sync/sync-plan.ts";
import type { RowReader } from "../connection/row-reader.ts";
import type { Session } from "../connection/session.ts";
import { streamRows } from "../connection/statements.ts";
import type { RowValues } from "../dialect/statements.ts";
import { type PlanQueryOptions, planStatement } from "./plan-statement.ts";

/**
 * Computes the plan of a sync in one statement; writes nothing. Rows are read one by one, because a first sync of fifty
 * times the country returns 88,650 rows of 70 columns. A unit with a sum that no coverage can hold becomes a finding.
 */
export async function readSyncPlan(session: Session, options: PlanQueryOptions): Promise<SyncPlan> {
  const columns = computedColumns(options.fields);
  const plan: SyncPlan = { ...emptyPlan(options.scope, columns), stopsAtMunicipalities: !options.provinces };
  const shapes = {
    municipality: shapeOf("municipality", columns.municipality),
    province: shapeOf("province", columns.province),
  };
  const parents = new Map<string, string>();
  await streamRows(session, "read", planStatement(session, options), (row) => {
    const counts = row.value("counts");
    if (counts === null) {
      plan.changes.push(changeOf(row, shapes[row.value("level") as Level], parents));
      return;
    }
    const { logWatermark, municipalities, provinces } = JSON.parse(String(counts)) as PlanCounts;
    ({ communities: plan.communities, ...plan.municipalities } = municipalities);
    if (provinces !== undefined) plan.provinces = provinces;
    // A scope read from the change log keeps the watermark of that read: the next sync takes later changes.
    plan.logWatermark = options.scope.kind === "changed" ? options.scope.logWatermark : String(logWatermark);
  });
  plan.changes.sort(byLevelAndCode);
  return leaveOutTooLarge(plan, session.schema.rules.maxFigure);
}

/** The row of counts; `provinces` is absent if the plan stops at municipalities. */
interface PlanCounts {
  logWatermark: string | number;
  municipalities: LevelCounts & { communities: number };
  provinces?: LevelCounts;
}

/** Sorting in the database would sort whole rows, which are a hundred megabytes in a first sync. */
function byLevelAndCode(left: PlannedChange, right: PlannedChange): number {
  if (left.level !== right.level) return left.level < right.level ? -1 : 1;
  return left.code < right.code ? -1 : 1;
}

/** The computed columns of a level, which are adjacent in a changed row. */
interface ChangeShape {
  level: Level;
  columns: readonly string[];
  /** The first of `columns`. It is never the column of names, which has another name in the row. */
  first: string;
  /** The stored values of a created coverage; one array is shared to save memory in a first sync. */
  nothing: readonly null[];
}

function shapeOf(level: Level, columns: readonly string[]): ChangeShape {
  return { level, columns, first: columns[0] as string, nothing: columns.map(() => null) };
}

/** @param parents the names of parents read so far, to keep one string for each: the driver creates one for each row */
function changeOf(row: RowReader, shape: ChangeShape, parents: Map<string, string>): PlannedChange {
  const { level, columns, first } = shape;
  const code = String(row.value("code"));
  const name = String(row.value("name"));
  const parentName = String(row.value("parent") ?? "");
  const parent = parents.get(parentName) ?? parentName;
  parents.set(parent, parent);
  const action = row.value("action") as PlannedChange["action"];
  const unitId = Number(row.value("unit_id"));
  const version = row.value("version") as string | null;
  const stored = action === "created" ? shape.nothing : numbers(row.values(`stored_${first}`, columns.length), columns);
  const values = numbers(row.values(first, columns.length), columns);
  return new PlannedChange({ level, unitId, code, name, parent, action, version }, columns, stored, values);
}

/** A driver may return 64-bit integers as strings. */
function numbers(values: RowValues, columns: readonly string[]): CoverageValue[] {
  return values.map((value, index) => {
    const column = columns[index] as string;
    return value === null || isNameList(column) ? value : Number(value);
  });
}
