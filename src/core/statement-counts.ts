/**
 * Why a statement is sent. "bookkeeping" resolves names, reads the change log and records runs; "control" begins, locks
 * and ends transactions, and configures the session.
 */
export const PURPOSES = ["read", "write", "bookkeeping", "control"] as const;

export type Purpose = (typeof PURPOSES)[number];

/** Number of statements sent to the database, by purpose. */
export type StatementCounts = Record<Purpose, number>;
