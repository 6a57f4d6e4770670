import type { Knex } from "knex";
import { CATALOGS } from "./catalog.ts";
import type { Dialect } from "./dialect.ts";
import { type PlanQueryOptions, planStatement } from "./plan-query.ts";
import { send } from "./statement-log.ts";
import { TABLES } from "./tables.ts";

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
  const rows = await send<Record<string, string>>(transaction, "bookkeeping", query);
  const steps = rows.map((row) => String(row.detail ?? row["QUERY PLAN"]));
  return { steps, scannedTables: [...new Set(steps.flatMap(scannedTable))] };
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
  const name = /\bSeq Scan on (\w+)/.exec(step)?.[1] ?? /^SCAN (\w+)/.exec(step)?.[1] ?? "";
  const table = BIG_TABLES[name];
  return table === undefined ? [] : [table];
}
