import type { AsOf } from "./as-of.ts";
import type { FigureLevel } from "./figure-row.ts";
import type { Provenance } from "./provenance.ts";

export const EXPORT_FORMATS = ["csv", "xlsx", "json", "ndjson", "geojson"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What an export wrote. */
export interface ExportReport {
  command: "export";
  what: "communities" | "coverages";
  /** Null for standard output, or where the caller took the text. */
  file: string | null;
  format: ExportFormat;
  /** The number of rows of each level, from the top down. */
  rows: Array<{ level: FigureLevel; rows: number; manual: number; archived: number }>;
  /** Names of the columns of the lowest level. */
  columns: string[];
  provenance: Provenance;
  /** With --changed-since: the runs whose changes were looked at. */
  changedSince: ChangedSince | null;
  /** With --as-of: what the figures rely on. */
  asOf: AsOf | null;
  /** Units without coordinates or a border, where the format has geometries. */
  withoutGeometry: Array<{ code: string; name: string }>;
  /** Texts that the format could not hold as they are. */
  escapedTexts: number;
  cutTexts: number;
  /** Whether the reader of standard output left before the end. */
  stoppedEarly: boolean;
  durationMs: number;
}

/** Changes by runs after a run; 0 for all runs. */
export interface ChangedSince {
  run: number;
  /** Later runs of which the trail no longer has the values. */
  forgottenRuns: number[];
}
