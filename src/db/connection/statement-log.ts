import type { Knex } from "knex";
import { PURPOSES, type Purpose, type StatementCounts } from "../../core/statement-counts.ts";

/**
 * SQL under a comment that says why it is sent: to the counter here, and to whoever reads the server's own log or
 * pg_stat_activity.
 */
export function tagged(purpose: Purpose, sql: string): string {
  return `/* obc-sync ${purpose} */ ${sql}`;
}

/** SQL with ? for each binding. */
export interface Statement {
  sql: string;
  bindings: readonly unknown[];
}

/** Sends a built query under a tag and returns its rows (none for a statement that returns none). */
export async function send<Row>(
  knex: Knex,
  purpose: Purpose,
  query: Knex.QueryBuilder | Knex.Raw | Statement,
): Promise<Row[]> {
  const { sql, bindings } = "toSQL" in query ? query.toSQL() : query;
  const result = await knex.raw(tagged(purpose, sql), bindings as Knex.RawBinding[]);
  return Array.isArray(result) ? result : (result.rows ?? []);
}

/**
 * Counts each statement that knex hands to the driver. Transactions and savepoints are knex's own and carry no
 * tag: they are control.
 */
export function countStatements(knex: Knex): { counts: () => StatementCounts; reset: () => void } {
  let counts = noStatements();
  knex.on("query", ({ sql }: { sql: string }) => {
    counts[purposeOf(sql)] += 1;
  });
  return {
    counts: () => ({ ...counts }),
    reset: () => {
      counts = noStatements();
    },
  };
}

function noStatements(): StatementCounts {
  return { read: 0, write: 0, bookkeeping: 0, control: 0 };
}

export function purposeOf(sql: string): Purpose {
  const match = /^\/\* obc-sync (\w+) \*\//.exec(sql);
  return PURPOSES.find((purpose) => purpose === match?.[1]) ?? "control";
}
