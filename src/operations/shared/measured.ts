import type { Knex } from "knex";
import type { StatementCounts } from "../../core/statement-counts.ts";
import { countStatements } from "../../db/connection/statements.ts";

export interface Measures {
  queries: StatementCounts;
  durationMs: number;
}

/** Runs `work`, counts the statements that the connection sends, and measures the time. */
export async function measured<T>(connection: Knex, work: () => Promise<T>): Promise<Measures & { outcome: T }> {
  const started = performance.now();
  const statements = countStatements(connection);
  try {
    const outcome = await work();
    return { outcome, queries: statements.counts(), durationMs: performance.now() - started };
  } finally {
    statements.stop();
  }
}
