export interface MigrateReport {
  command: "migrate";
  database: string;
  /** Whose tables the database has: "native" for those of the program. */
  schema: string;
  /** True for `migrate --status`, which changes nothing. */
  statusOnly: boolean;
  applied: string[];
  pending: string[];
  /**
   * The CREATE INDEX statements that the account may not run, on tables that another one owns. A sync gives the same
   * results without these indexes, and takes longer.
   */
  missingIndexes: string[];
  /** Null where the database does not have the extension. */
  citus: CitusStatus | null;
}

/** The extension that distributes tables over several nodes. */
export interface CitusStatus {
  version: string;
  /** The number of nodes that take distributed rows. */
  nodes: number;
  /** Whether the communities are distributed over them, by `migrate --citus`. */
  isDistributed: boolean;
}

/** What `migrate --remove` has taken away. */
export interface RemovalReport {
  command: "migrate-remove";
  database: string;
  schema: string;
  removed: Array<{ kind: "trigger" | "function" | "index" | "table"; name: string }>;
  /** The DROP statements for what the account may not remove: indexes on tables that another one owns. */
  left: string[];
}
