import type { OtherColumns } from "../schema/other-columns.ts";
import type { Columns } from "./columns.ts";
import type { RowsOnDemand } from "./row-source.ts";

/** Coverages of one level to insert or update. All have the same columns. */
export interface CoverageWrite {
  /** The base table and its key. */
  table: string;
  key: string;
  /** The computed columns: their names in the base table, and types. */
  columns: Columns;
  /** What to write into `key` and them, as SQL of a row of the plan named `planned`. */
  values: readonly string[];
  /** The columns that the plan does not set. */
  others: OtherColumns;
  /** The names in the base table of the columns that the program sets itself. */
  own: { autoSync: string; isDeleted: string; createdAt: string; updatedAt: string };
  /** The unit's id, the version that the plan saw (null to insert), then the values of `columns`. */
  rows: RowsOnDemand;
  /** Whether an update sets updatedAt. */
  stampsUpdates: boolean;
  /** As the application stores a time. */
  now: string;
}
