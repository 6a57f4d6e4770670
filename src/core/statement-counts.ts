/**
 * Why a statement is sent. "bookkeeping" resolves names, reads the change log and records runs; "control" begins, locks
 * and ends transactions, and configures the session.
 */
export type Purpose = "read" | "write" | "bookkeeping" | "control";

export const PURPOSES: readonly Purpose[] = ["read", "write", "bookkeeping", "control"];

/** Number of statements sent to the database, by purpose. */
export type StatementCounts = Record<Purpose, number>;
