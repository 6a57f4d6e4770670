import type { Knex } from "knex";

/** Why a statement is sent. Control is what opens, locks and closes a transaction, or sets up the session. */
export const PURPOSES = ["read", "write", "bookkeeping", "control"] as const;

export type Purpose = (typeof PURPOSES)[number];

export type StatementCounts = Record<Purpose, number>;

/**
 * The comment that every statement starts with. It says why the statement is sent: to the counter here, and to
 * whoever reads the server's own log or pg_stat_activity.
 */
export function tag(purpose: Purpose): string {
  return `obc-sync ${purpose}`;
}

/** Raw SQL under a tag. */
export function tagged(purpose: Purpose, sql: string): string {
  return `/* ${tag(purpose)} */ ${sql}`;
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

function purposeOf(sql: string): Purpose {
  const match = /^\/\* obc-sync (\w+) \*\//.exec(sql);
  return PURPOSES.find((purpose) => purpose === match?.[1]) ?? "control";
}
