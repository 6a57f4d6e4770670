import type { Boundaries, Boundary } from "../boundaries/boundary.ts";
import type { CheckResult } from "../diagnosis/analysis.ts";
import type { Field } from "../fields.ts";
import type { AsOf } from "../figures/as-of.ts";
import type { PageFile } from "../page-file.ts";
import type { RecordedRun } from "../runs/run.ts";
import type { ScopeSummary } from "../sync/scope.ts";
import type { UnitChange } from "../sync/unit-change.ts";
import type { FigureName, OverviewUnit } from "./overview-unit.ts";

/** What an officer needs to know of a scope, read from one snapshot: the content of a page of `obc-sync report`. */
export interface FiguresReport {
  command: "report";
  scope: ReportScope;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** What the figures rely on where they are those of the past; null for those of today. */
  asOf: AsOf | null;
  /** The database, without a password. */
  database: string;
  /** The edition of the PSGC, or the file that it was imported from; null if no run of this program has imported one. */
  edition: string | null;
  /** What the caller wants to have said beside the title, for example that the figures are made up. */
  note: string | null;
  /** Whether the made-up communities of the quickstart are in the database. */
  hasExampleFigures: boolean;
  totals: ReportTotals;
  /** Regions with their provinces and municipalities, ordered by code. Only units that have a community or a coverage. */
  regions: OverviewUnit[];
  completeness: Completeness;
  map: ReportMap | null;
  /** None where the figures are those of the past: the checks look at today's. */
  checks: CheckResult[];
  freshness: Freshness;
  changes: ChangesSince | null;
  /** The page that the command line has written. */
  page?: PageFile;
  durationMs: number;
}

export interface ReportScope extends ScopeSummary {
  /** The names of the units; empty for the whole country. */
  names: string[];
}

export interface ReportTotals {
  /** Sums over the coverages of the largest units in scope that are not archived. Null where the figure is missing. */
  figures: Record<FigureName, number | null>;
  /**
   * Figures that the coverages leave blank and that are therefore sums over communities, as are those of the units. A
   * manual coverage that has the figure counts with it.
   */
  fromCommunities: FigureName[];
  /** Communities that are not archived. */
  communities: number;
  regions: number;
  provinces: number;
  /** Municipalities with a coverage that is not archived. */
  municipalities: number;
  /** Municipalities in scope. */
  allMunicipalities: number;
  barangays: number;
}

export interface Completeness {
  /** For each field, the communities that have a figure. */
  filled: Record<Field, number>;
  /** Municipality and province coverages, by state, ordered by code. */
  manual: ListedUnit[];
  archived: ListedUnit[];
  /** Municipalities that have communities and no coverage. */
  uncovered: ListedUnit[];
  archivedCommunities: number;
  /** Municipalities without a community or a coverage, by region and province. Those of BARMM are not expected to have one. */
  without: WithoutCommunities[];
  /** Municipalities of BARMM without a community. */
  withoutInBarmm: number;
}

export interface ListedUnit {
  level: "municipality" | "province";
  code: string;
  name: string;
  parent: string;
}

export interface WithoutCommunities {
  region: string;
  province: string;
  municipalities: string[];
}

/** The shapes of a map, and the units that belong to them. */
export interface ReportMap extends Omit<Boundaries, "shapes"> {
  shapes: Array<Boundary & { isInScope: boolean }>;
  level: "municipality" | "province";
  column: FigureName;
  /** Units with a coverage or communities that no shape belongs to, ordered by code. */
  undrawn: OverviewUnit[];
}

export interface Freshness {
  lastSync: RecordedRun | null;
  /** Changes that no sync has seen yet. Null in figures of the past, as are the times of the coverages: nobody keeps them. */
  unsynced: number | null;
  /** When the first and the last of the coverages was changed, ISO 8601 in UTC; null if there is none. */
  oldestCoverage: string | null;
  newestCoverage: string | null;
}

/** What the runs after a point have changed in the scope. */
export interface ChangesSince {
  /** As the caller gave it: a time in ISO 8601, or a run. */
  since: { time: string } | { run: number };
  /** Newest first; at most the number that `history` keeps in a list. */
  runs: RecordedRun[];
  /** How many there are. */
  runCount: number;
  /** Whether the values of some of these runs have been forgotten, so that their changes are not counted. */
  isForgotten: boolean;
  units: Record<UnitChange["level"], { changed: number; created: number; removed: number }>;
  /** Net changes of the coverages of one level, ordered by code. */
  level: "municipality" | "province";
  coverages: CoverageChange[];
}

export interface CoverageChange {
  code: string;
  name: string;
  parent: string;
  /** Only what differs at the end. Null where there was, or is, no coverage. */
  figures: Partial<Record<FigureName, { before: number | null; after: number | null }>>;
}
