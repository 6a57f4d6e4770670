import type { Knex } from "knex";
import { FigureTooLargeError } from "../core/errors.ts";
import { MAX_COVERAGE_FIGURE } from "../core/fields.ts";
import type { Scope } from "../core/scope.ts";
import {
  type CoverageValue,
  computedColumns,
  isNameList,
  type Level,
  type LevelCounts,
  type PlannedChange,
  type SyncPlan,
} from "../core/sync-plan.ts";
import type { Dialect } from "./dialect.ts";
import { type PlanQueryOptions, planStatement } from "./plan-query.ts";
import { send } from "./statement-log.ts";

type PlanRow = Record<string, string | number | null>;

/**
 * Computes what a sync would do, from one snapshot, in one statement, writing nothing.
 *
 * @throws FigureTooLargeError where a sum is past 2^53 - 1
 */
export async function readSyncPlan(
  transaction: Knex.Transaction,
  dialect: Dialect,
  options: PlanQueryOptions,
): Promise<SyncPlan> {
  const rows = await send<PlanRow>(transaction, "read", planStatement(transaction, dialect, options));
  const columns = computedColumns(options.fields);
  const summary = rows[0] as PlanRow;
  return {
    scope: options.scope,
    columns,
    communities: Number(summary.communities),
    logWatermark: options.provinces ? logWatermark(options.scope, summary) : null,
    municipalities: countsOf(summary, "municipalities"),
    provinces: countsOf(summary, "provinces"),
    changes: rows.filter((row) => row.level !== null).map((row) => changeOf(row, columns[row.level as Level])),
  };
}

/** For a scope that came from the change log, what that read saw; changes that came between are for the next sync. */
function logWatermark(scope: Scope, summary: PlanRow): string {
  return scope.kind === "changed" ? scope.logWatermark : String(summary.log_watermark);
}

function countsOf(summary: PlanRow, prefix: string): LevelCounts {
  const count = (action: keyof LevelCounts) => Number(summary[`${prefix}_${action}`] ?? 0);
  return {
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    manual: count("manual"),
    archived: count("archived"),
  };
}

function changeOf(row: PlanRow, columns: readonly string[]): PlannedChange {
  const place = `${row.name}, ${row.parent} (${row.code})`;
  const read = (column: string, prefix: string): CoverageValue => {
    const value = row[prefix + (isNameList(column) ? "names" : column)] ?? null;
    return isNameList(column) || value === null ? value : exactNumber(value, column, place);
  };
  return {
    level: row.level as Level,
    unitId: Number(row.unit_id),
    code: String(row.code),
    name: String(row.name),
    parent: String(row.parent),
    revision: row.sync_revision === null ? null : Number(row.sync_revision),
    action: row.action as PlannedChange["action"],
    before: columns.map((column) => read(column, "stored_")),
    after: columns.map((column) => read(column, "")),
  };
}

/** PostgreSQL sends bigint and numeric as text; what a number cannot hold exactly is refused, never rounded. */
function exactNumber(value: string | number, column: string, place: string): number {
  const number = Number(value);
  if (Math.abs(number) > MAX_COVERAGE_FIGURE) throw new FigureTooLargeError(place, column, String(value));
  return number;
}
