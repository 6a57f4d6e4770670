import type { Session } from "../connection/session.ts";
import { read } from "../connection/statements.ts";
import type { TableName } from "../schema/schema.ts";
import { type PlanQueryOptions, planStatement } from "../sync/plan-statement.ts";

export interface ExplainedPlan {
  steps: string[];
  /** Large tables that are scanned in full. */
  scannedTables: TableName[];
}

/** Returns the database's plan for the plan query. Does not run it. */
export async function explainPlan(session: Session, options: PlanQueryOptions): Promise<ExplainedPlan> {
  const { catalog } = session.dialect;
  const { sql, bindings } = planStatement(session, options);
  const rows = await read<Record<string, unknown>>(session, "bookkeeping", {
    sql: `${catalog.explain} ${sql}`,
    bindings,
  });
  const steps = catalog.planSteps(rows);
  const scanned = new Set(steps.map((step) => catalog.scannedTable(step)));
  const big = bigTables(session);
  return {
    steps,
    scannedTables: big.filter(({ names }) => names.some((name) => scanned.has(name))).map(({ table }) => table),
  };
}

/** The tables that grow with the number of communities, by their alias in the plan query and by their own name. */
function bigTables({ schema }: Session): Array<{ table: TableName; names: string[] }> {
  return [
    { table: "barangays", names: ["barangay", schema.tables.barangays.name] },
    { table: "obc_communities", names: ["community", schema.tables.obc_communities.name] },
  ];
}
