import type { Knex } from "knex";
import { CATALOGS } from "../catalog.ts";
import type { Dialect } from "../connection/dialect.ts";
import { send } from "../connection/statement-log.ts";
import { TABLES } from "../schema/tables.ts";
import { type PlanQueryOptions, planStatement } from "./plan-query.ts";

export interface ExplainedPlan {
  steps: string[];
  /** Big tables that are read from end to end. */
  scannedTables: string[];
}

/** Asks the database how it would run the plan query; nothing is run. */
export async function explainPlan(
  transaction: Knex.Transaction,
  dialect: Dialect,
  options: PlanQueryOptions,
): Promise<ExplainedPlan> {
  const { sql, bindings } = planStatement(dialect, options);
  const query = transaction.raw(`${CATALOGS[dialect.name].explain} ${sql}`, bindings as Knex.RawBinding[]);
  const steps = indented(await send<PlanRow>(transaction, "bookkeeping", query));
  return { steps, scannedTables: [...new Set(steps.flatMap(scannedTable))] };
}

/** A row of SQLite's answer, which says beneath which one it belongs, or of PostgreSQL's, which is indented already. */
type PlanRow = { id: number; parent: number; detail: string } | { "QUERY PLAN": string };

function indented(rows: readonly PlanRow[]): string[] {
  const depths = new Map<number, number>();
  return rows.map((row) => {
    if ("QUERY PLAN" in row) return row["QUERY PLAN"];
    const depth = (depths.get(row.parent) ?? -1) + 1;
    depths.set(row.id, depth);
    return "  ".repeat(depth) + row.detail;
  });
}

/** Tables that grow with the country, by the names that the plan query gives them and by their own. */
const BIG_TABLES: Record<string, string> = {
  barangay: TABLES.barangays,
  community: TABLES.communities,
  [TABLES.barangays]: TABLES.barangays,
  [TABLES.communities]: TABLES.communities,
};

/** "SCAN barangay USING INDEX ..." of SQLite, "Seq Scan on barangays barangay" of PostgreSQL. */
function scannedTable(step: string): string[] {
  const name = /\bSeq Scan on (\w+)/.exec(step)?.[1] ?? /^ *SCAN (\w+)/.exec(step)?.[1] ?? "";
  const table = BIG_TABLES[name];
  return table === undefined ? [] : [table];
}
