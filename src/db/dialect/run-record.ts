import type { Level } from "../../core/sync/level.ts";
import type { Statement, Value } from "./statement.ts";

export interface RunRecordStatement {
  /** Values by column of the runs table. */
  row: Readonly<Record<string, Value>>;
  /** The change log entries that the run covers; null if it covers none. */
  covered: CoveredEntries | null;
}

export interface CoveredEntries {
  /** The entries that the plan's snapshot contains. */
  watermark: string;
  /** A condition on the entries (alias `entry`); null if all of them are covered. */
  where: Statement | null;
  /** The ids of the units whose coverages the sync has written. SQLite logs these writes; PostgreSQL does not. */
  written: Record<Level, number[]>;
}
