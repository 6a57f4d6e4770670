import type { ScopeSummary } from "../sync/scope.ts";
import type { UnitValue } from "../sync/unit-change.ts";
import type { AsOf } from "./as-of.ts";
import type { ChangedSince } from "./export-report.ts";
import type { ListColumn } from "./figure-columns.ts";

/** Communities or coverages for people to read. */
export interface FigureListReport {
  command: "figure-list";
  what: "communities" | "coverages";
  scope: ScopeSummary;
  changedSince: ChangedSince | null;
  asOf: AsOf | null;
  columns: ListColumn[];
  /** One value for each column, sorted as asked for. */
  rows: UnitValue[][];
  /** Number of rows that there are; more than `rows` where the list is limited. */
  total: number;
  durationMs: number;
}
