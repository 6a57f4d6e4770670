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
  const parents = new Map<string, string>();
  let first = true;
  const statement = planStatement(transaction, dialect, options);
  await streamRows(transaction, dialect.streamRows, "read", statement, (read) => {
    if (first) {
      plan.communities = Number(read("communities"));
      plan.logWatermark = options.provinces ? logWatermark(options.scope, read) : null;
      plan.municipalities = countsOf(read, "municipalities");
      plan.provinces = countsOf(read, "provinces");
      first = false;
    }
    if (read("level") !== null) plan.changes.push(changeOf(read, columns[read("level") as Level], parents));
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

/** @param parents each parent's name once: a driver makes a new text for every row */
function changeOf(read: ReadColumn, columns: readonly string[], parents: Map<string, string>): PlannedChange {
  const code = String(read("code"));
  const name = String(read("name"));
  const parentName = String(read("parent"));
  const parent = parents.get(parentName) ?? parentName;
  parents.set(parent, parent);
  const action = read("action") as PlannedChange["action"];
  const computedValue = (column: string, prefix: string): CoverageValue => {
    const value = read(prefix + (isNameList(column) ? "names" : column));
    if (isNameList(column) || value === null) return value;
    return exactNumber(value, column, () => `${name}, ${parent} (${code})`);
  };
  return {
    level: read("level") as Level,
    unitId: Number(read("unit_id")),
    code,
    name,
    parent,
    revision: read("sync_revision") === null ? null : Number(read("sync_revision")),
    action,
    before: action === "created" ? nothingStored(columns) : columns.map((column) => computedValue(column, "stored_")),
    after: columns.map((column) => computedValue(column, "")),
  };
}

const NOTHING = new Map<number, null[]>();

/** One array for all: a first sync has nothing stored anywhere. */
function nothingStored({ length }: readonly string[]): null[] {
  const nothing = NOTHING.get(length) ?? new Array<null>(length).fill(null);
  NOTHING.set(length, nothing);
  return nothing;
}

/** PostgreSQL sends bigint and numeric as text; what a number cannot hold exactly is refused, never rounded. */
function exactNumber(value: string | number, column: string, place: () => string): number {
  const number = Number(value);
  if (Math.abs(number) > MAX_COVERAGE_FIGURE) throw new FigureTooLargeError(place(), column, String(value));
  return number;
}
