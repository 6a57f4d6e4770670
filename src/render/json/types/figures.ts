import type { Severity } from "../../../core/diagnosis/analysis.ts";
import type { ExportReport } from "../../../core/figures/export-report.ts";
import type { FigureListReport } from "../../../core/figures/figure-list-report.ts";
import type { Provenance } from "../../../core/figures/provenance.ts";
import type { ChangesSince, FiguresReport } from "../../../core/overview/figures-report.ts";
import type { UnitValue } from "../../../core/sync/unit-change.ts";
import type { Head, Timed } from "./head.ts";

/** export */
export type ExportDocument = Omit<ExportReport, "stoppedEarly"> & Head<"export">;

/** The file that `export --format json` writes. */
export interface ExportFileDocument {
  formatVersion: 1;
  provenance: Provenance;
  /** Names of the columns, ordered as in each row. */
  columns: string[];
  /** One object for each unit, with a value for each column. */
  rows: Array<Record<string, UnitValue>>;
}

/** community list, coverage list */
export interface ListDocument
  extends Head<"community" | "coverage">,
    Pick<FigureListReport, "scope" | "changedSince" | "asOf" | "total" | "durationMs"> {
  action: "list";
  /** One object for each unit, with a value for each column. */
  rows: Array<Record<string, UnitValue>>;
}

/** report */
export interface FiguresDocument
  extends Head<"report">,
    Timed,
    Omit<FiguresReport, "command" | "map" | "checks" | "freshness" | "changes" | "durationMs"> {
  /** Number of findings of the checks, by severity. */
  findings: Record<Severity, number>;
  freshness: {
    /** When the last sync finished, ISO 8601 in UTC; null if there is none. */
    lastSync: string | null;
    /** Changes that no sync has seen yet; null in figures of the past. */
    unsynced: number | null;
    /** When the first and the last of the coverages was changed, ISO 8601 in UTC; null if there is none. */
    oldestCoverage: string | null;
    newestCoverage: string | null;
  };
  /** What the runs since a point have changed; null without --since. */
  changes:
    | (Pick<ChangesSince, "since" | "units" | "level" | "coverages"> & {
        /** How many runs there are. */
        runs: number;
        /** Whether the values of some of these runs have been forgotten, so that their changes are not counted. */
        forgotten: boolean;
      })
    | null;
}
