import type { CheckResult } from "../../core/diagnosis/analysis.ts";
import { SEVERITIES } from "../../core/diagnosis/analysis.ts";
import type { FigureRow } from "../../core/figures/figure-row.ts";
import type { PointInTime } from "../../core/figures/point-in-time.ts";
import { compileFigures } from "../../core/overview/compile-report.ts";
import type { ChangesSince, FiguresReport, Freshness } from "../../core/overview/figures-report.ts";
import { FIGURE_COLUMNS, type FigureName } from "../../core/overview/overview-unit.ts";
import { summariesOf } from "../../core/overview/past-summaries.ts";
import { reportMap } from "../../core/overview/report-map.ts";
import { type Scope, type ScopeRequest, summarizeScope } from "../../core/sync/scope.ts";
import { checkContext } from "../../db/checks/check.ts";
import { describeChecks } from "../../db/checks/check-reader.ts";
import { dialectOf } from "../../db/connection/dialect-of.ts";
import type { Session } from "../../db/connection/session.ts";
import { readMunicipalitySummaries } from "../../db/figures/municipality-summaries.ts";
import { geographyMissing } from "../../db/places/psgc-codes.ts";
import { readLastSync, readRunsOf } from "../../db/runs/freshness-reader.ts";
import { countChangedUnits, type NetChange, readNetChanges } from "../../db/runs/net-change-reader.ts";
import { LARGEST_RUN } from "../../db/runs/run-range.ts";
import { readForgottenRuns } from "../../db/runs/run-reader.ts";
import { type Connection, withSnapshot } from "../../db/transaction/transaction.ts";
import { readBoundaryFile } from "../../files/boundaries/boundary-file.ts";
import { loadBundledBoundaries } from "../../files/boundaries/bundled-boundaries.ts";
import { readEdition } from "../shared/figures/edition.ts";
import { hasExampleFigures } from "../shared/figures/example-file.ts";
import { type FigureSource, nothingBetween, openFigures } from "../shared/figures/figure-source.ts";
import { lastRunBefore } from "../shared/figures/last-run-before.ts";
import { callGiven } from "../shared/given-options.ts";
import { fieldsOf, type OperationOptions, sayNothing } from "../shared/options.ts";
import { runChecks } from "../shared/run-checks.ts";

export interface ReportOptions extends OperationOptions {
  /** The units to report on; the whole country by default. */
  scope?: ScopeRequest | undefined;
  /** Also reports what runs after this point have changed. */
  since?: PointInTime | undefined;
  /** The figures as they stood when this run had ended, or at this time; today's by default. */
  asOf?: PointInTime | undefined;
  /** A GeoJSON or TopoJSON file with the borders of the map; by default those that come with the program. */
  boundariesFile?: string | undefined;
  /** A sentence for the title of the page, such as "The figures are made up." */
  note?: string | undefined;
  /** Maximum age of the latest sync in hours, for the findings; 48 by default. */
  maxAgeHours?: number | undefined;
}

/** Findings of one check that a page lists. */
const SAMPLE = 10;
/** Runs that a page lists. */
const LISTED_RUNS = 20;

/**
 * Reads the figures of a scope, how complete they are, and what is wrong with them, from one snapshot. Writes nothing.
 *
 * @throws GeographyMissingError if the database has no places
 * @throws UnitError if a unit is unknown or ambiguous, or if there is no such run
 * @throws InputError if the borders cannot be read
 */
export async function report(connection: Connection, options: ReportOptions = {}): Promise<FiguresReport> {
  const started = performance.now();
  callGiven(connection, options);
  const { boundariesFile, note = null, progress = sayNothing } = options;
  const boundaries = boundariesFile === undefined ? await loadBundledBoundaries() : readBoundaryFile(boundariesFile);
  return withSnapshot(connection, options, async (session) => {
    progress("Reading the figures");
    const source = await openFigures(session, { ...options, archived: true }, [
      "municipality",
      "province",
      "community",
    ]);
    const { scope, asOf } = source;
    const today = await readMunicipalitySummaries(session, scope);
    if (today.length === 0 && scope.kind === "all") throw geographyMissing(session);
    const municipalities = asOf === null ? today : await summariesOf(today, source.rows("community"));
    const coverages = {
      municipality: await collected(source.rows("municipality")),
      province: await collected(source.rows("province")),
    };
    const hasWholeProvinces = scope.kind !== "municipality";
    const { blankFields } = session.schema.rules;
    const figures = compileFigures({ municipalities, coverages, blankFields, hasWholeProvinces });
    const checks = asOf === null ? await checksOf(session, scope, options) : [];
    return {
      command: "report",
      scope: { ...summarizeScope(scope), names: namesOf(scope) },
      createdAt: new Date().toISOString(),
      asOf,
      database: dialectOf(connection).connections.nameOf(connection),
      edition: await readEdition(session),
      note,
      hasExampleFigures: await hasExampleFigures(session),
      ...figures,
      map: reportMap(figures.regions, municipalities, columnOfMap(figures.totals.figures), boundaries),
      checks,
      freshness:
        asOf === null
          ? await freshnessOf(session, checks, [...coverages.municipality, ...coverages.province])
          : await pastFreshness(session, asOf.run),
      changes: options.since === undefined ? null : await changesSince(session, source, options.since),
      durationMs: performance.now() - started,
    };
  });
}

async function collected(rows: AsyncIterable<FigureRow>): Promise<FigureRow[]> {
  const all: FigureRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

function namesOf(scope: Scope): string[] {
  return scope.kind === "all" ? [] : (scope.names ?? scope.units);
}

/** A map of people; of communities where no population is known. */
function columnOfMap(totals: Record<FigureName, number | null>): FigureName {
  return totals.estimated_obc_population === null ? "total_obc_communities" : "estimated_obc_population";
}

async function checksOf(session: Session, scope: Scope, options: ReportOptions): Promise<CheckResult[]> {
  const { maxAgeHours = 48, progress = sayNothing } = options;
  const context = checkContext(session, { scope, fields: fieldsOf(options), maxAgeHours });
  const checks = await runChecks(context, describeChecks(), SAMPLE, progress);
  return checks.sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}

async function freshnessOf(
  session: Session,
  checks: readonly CheckResult[],
  coverages: readonly FigureRow[],
): Promise<Freshness> {
  const times = coverages.map(({ values }) => String(values.updated_at ?? "")).filter((time) => time !== "");
  times.sort();
  return {
    lastSync: await readLastSync(session, LARGEST_RUN),
    unsynced: checks.find(({ id }) => id === "unsynced-changes")?.count ?? 0,
    oldestCoverage: times[0] ?? null,
    newestCoverage: times.at(-1) ?? null,
  };
}

async function pastFreshness(session: Session, run: number): Promise<Freshness> {
  return { lastSync: await readLastSync(session, run), unsynced: null, oldestCoverage: null, newestCoverage: null };
}

async function changesSince(
  session: Session,
  { scope, asOf }: FigureSource,
  point: PointInTime,
): Promise<ChangesSince> {
  const range = { after: await lastRunBefore(session, point), until: asOf?.run ?? LARGEST_RUN };
  if (asOf !== null && range.after >= range.until) throw nothingBetween(range.after, range.until);
  const { runs, count } = await readRunsOf(session, range, LISTED_RUNS);
  const isNarrow = scope.kind === "municipality" || (scope.kind === "province" && scope.provinceIds.length === 1);
  const level = isNarrow ? "municipality" : "province";
  const changes = await readNetChanges(session, scope, range, level);
  return {
    since: "run" in point ? point : { time: point.time.toISOString() },
    runs,
    runCount: count,
    isForgotten: (await readForgottenRuns(session, range)).length > 0,
    units: await countChangedUnits(session, scope, range),
    level,
    coverages: changes.map(coverageChange).filter(({ figures }) => Object.keys(figures).length > 0),
  };
}

function coverageChange({ fields, ...unit }: NetChange): ChangesSince["coverages"][number] {
  const figures: ChangesSince["coverages"][number]["figures"] = {};
  for (const column of FIGURE_COLUMNS) {
    const { before = null, after = null } = fields[column] ?? {};
    if (before !== after) figures[column] = { before: numberOf(before), after: numberOf(after) };
  }
  return { ...unit, figures };
}

function numberOf(value: unknown): number | null {
  return value === null ? null : Number(value);
}
