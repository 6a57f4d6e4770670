import type { Knex } from "knex";
import { FigureTooLargeError } from "../core/errors.ts";
import { MAX_COVERAGE_FIGURE } from "../core/fields.ts";
import type { Scope } from "../core/scope.ts";
import {
  type CoverageValue,
  computedColumns,
  emptyPlan,
  isNameList,
  type Level,
  type LevelCounts,
  type PlannedChange,
  type SyncPlan,
} from "../core/sync-plan.ts";
import type { Dialect } from "./dialect.ts";
import { type PlanQueryOptions, planStatement } from "./plan-query.ts";
import { type ReadColumn, streamRows } from "./row-stream.ts";

/**
 * Computes what a sync would do, from one snapshot, in one statement, writing nothing. Rows are taken one by one: all
 * coverages of a country fifty times the size are 88,650 rows of 70 columns.
 *
 * @throws FigureTooLargeError where a sum is past 2^53 - 1
 */
export async function readSyncPlan(
  transaction: Knex.Transaction,
  dialect: Dialect,
  options: PlanQueryOptions,
): Promise<SyncPlan> {
  const columns = computedColumns(options.fields);
  const plan = emptyPlan(options.scope, columns);
  const shapes = { municipality: shapeOf(columns.municipality), province: shapeOf(columns.province) };
  const parents = new Map<string, string>();
  let first = true;
  const statement = planStatement(dialect, options);
  await streamRows(transaction, dialect.streamRows, "read", statement, (read) => {
    if (first) {
      plan.communities = Number(read("communities"));
      plan.logWatermark = options.provinces ? logWatermark(options.scope, read) : null;
      plan.municipalities = countsOf(read, "municipalities");
      plan.provinces = countsOf(read, "provinces");
      first = false;
    }
    const level = read("level") as Level | null;
    if (level !== null) plan.changes.push(changeOf(read, level, shapes[level], parents));
  });
  plan.changes.sort(byLevelAndCode);
  return plan;
}

/** Done here: a database sorts whole rows, and of a first sync these are a hundred megabytes. */
function byLevelAndCode(left: PlannedChange, right: PlannedChange): number {
  if (left.level !== right.level) return left.level < right.level ? -1 : 1;
  return left.code < right.code ? -1 : 1;
}

/** For a scope that came from the change log, what that read saw; changes that came between are for the next sync. */
function logWatermark(scope: Scope, read: ReadColumn): string {
  return scope.kind === "changed" ? scope.logWatermark : String(read("log_watermark"));
}

function countsOf(read: ReadColumn, prefix: string): LevelCounts {
  const count = (action: keyof LevelCounts) => Number(read(`${prefix}_${action}`) ?? 0);
  return {
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    manual: count("manual"),
    archived: count("archived"),
  };
}

/** Where a changed row has the computed columns of its level. */
interface ChangeShape {
  computed: readonly RowValue[];
  stored: readonly RowValue[];
  /** The same for all: a first sync has nothing stored anywhere. */
  nothing: readonly null[];
}

interface RowValue {
  /** In the row, where names of both levels are in one column. */
  column: string;
  isName: boolean;
}

function shapeOf(columns: readonly string[]): ChangeShape {
  const valuesOf = (prefix: string) =>
    columns.map((column) => ({ column: prefix + (isNameList(column) ? "names" : column), isName: isNameList(column) }));
  return { computed: valuesOf(""), stored: valuesOf("stored_"), nothing: columns.map(() => null) };
}

/** @param parents each parent's name once: a driver makes a new text for every row */
function changeOf(read: ReadColumn, level: Level, shape: ChangeShape, parents: Map<string, string>): PlannedChange {
  const code = String(read("code"));
  const name = String(read("name"));
  const parentName = String(read("parent"));
  const parent = parents.get(parentName) ?? parentName;
  parents.set(parent, parent);
  const action = read("action") as PlannedChange["action"];
  const valueIn = ({ column, isName }: RowValue): CoverageValue => {
    const value = read(column);
    if (isName || value === null) return value;
    return exactNumber(value, column, () => `${name}, ${parent} (${code})`);
  };
  return {
    level,
    unitId: Number(read("unit_id")),
    code,
    name,
    parent,
    revision: read("sync_revision") === null ? null : Number(read("sync_revision")),
    action,
    before: action === "created" ? shape.nothing : shape.stored.map(valueIn),
    after: shape.computed.map(valueIn),
  };
}

/** PostgreSQL sends bigint and numeric as text; what a number cannot hold exactly is refused, never rounded. */
function exactNumber(value: string | number, column: string, place: () => string): number {
  const number = Number(value);
  if (Math.abs(number) > MAX_COVERAGE_FIGURE) throw new FigureTooLargeError(place(), column, String(value));
  return number;
}
