/** Why a statement is sent. Control is what opens, locks and closes a transaction, or sets up the session. */
export const PURPOSES = ["read", "write", "bookkeeping", "control"] as const;

export type Purpose = (typeof PURPOSES)[number];

/** How many statements of each purpose were sent to the database. */
export type StatementCounts = Record<Purpose, number>;
