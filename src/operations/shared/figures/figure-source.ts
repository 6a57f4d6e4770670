import { UsageError } from "../../../core/errors.ts";
import type { AsOf } from "../../../core/figures/as-of.ts";
import type { ChangedSince } from "../../../core/figures/export-report.ts";
import { FIGURE_LEVELS, type FigureLevel, type FigureRow } from "../../../core/figures/figure-row.ts";
import type { PointInTime } from "../../../core/figures/point-in-time.ts";
import type { Scope, ScopeRequest } from "../../../core/sync/scope.ts";
import type { Session } from "../../../db/connection/session.ts";
import { type FigureFilter, readCommunityFigures } from "../../../db/figures/community-figures.ts";
import { readCoverageFigures } from "../../../db/figures/coverage-figures.ts";
import { readForeignSyncs } from "../../../db/figures/foreign-sync-reader.ts";
import { readForeignUnits, readPastFigures } from "../../../db/figures/past-figures.ts";
import { type ResolvedPast, readPast } from "../../../db/figures/past-point-reader.ts";
import { readPastRegions } from "../../../db/figures/past-regions.ts";
import { LARGEST_RUN } from "../../../db/runs/run-range.ts";
import { readForgottenRuns } from "../../../db/runs/run-reader.ts";
import { readScope } from "../../../db/sync/scope-reader.ts";
import { throwIfInterrupted } from "../../../db/transaction/transaction.ts";
import { lastRunBefore } from "./last-run-before.ts";

/** Which rows a person asks for. */
export interface FigureRequest {
  /** The places; everything by default. */
  scope?: ScopeRequest | undefined;
  /** Includes archived communities and coverages; false by default. */
  archived?: boolean | undefined;
  /** Only what runs after this one, or from this time on, have changed. */
  changedSince?: PointInTime | undefined;
  /** The figures as they stood when this run had ended, or at this time; today's by default. */
  asOf?: PointInTime | undefined;
  signal?: AbortSignal | undefined;
}

/** Figures of one snapshot. Everything that shows them to people takes its rows from here. */
export interface FigureSource {
  scope: Scope;
  changedSince: ChangedSince | null;
  asOf: AsOf | null;
  /** The rows of a level in the scope, ordered by code, read as they are asked for. */
  rows: (level: FigureLevel) => AsyncIterable<FigureRow>;
}

/**
 * @param levels those whose rows will be asked for
 * @throws UnitError if a unit or a run is unknown, or what later runs changed has been deleted
 */
export async function openFigures(
  session: Session,
  request: FigureRequest,
  levels: readonly FigureLevel[],
): Promise<FigureSource> {
  const { archived = false, signal } = request;
  const scope = await readScope(session, request.scope ?? { kind: "all" });
  const changedSince = request.changedSince === undefined ? null : await findRun(session, request.changedSince);
  const past = request.asOf === undefined ? null : await readPast(session, request.asOf);
  const until = past?.point.run ?? LARGEST_RUN;
  if (changedSince !== null && past !== null && changedSince.run >= until)
    throw nothingBetween(changedSince.run, until);
  const filter = { archived, changedBy: changedSince === null ? null : { after: changedSince.run, until } };
  const rowsOf = past === null ? rowsOfToday : rowsOfPast(past);
  return {
    scope,
    changedSince,
    asOf: past === null ? null : await describePast(session, scope, levels, past),
    async *rows(level) {
      for await (const row of rowsOf(session, level, scope, filter)) {
        throwIfInterrupted(signal);
        yield row;
      }
    },
  };
}

type Rows = (session: Session, level: FigureLevel, scope: Scope, filter: FigureFilter) => AsyncIterable<FigureRow>;

const rowsOfToday: Rows = (session, level, scope, filter) =>
  level === "community"
    ? readCommunityFigures(session, scope, filter)
    : readCoverageFigures(session, level, scope, filter);

function rowsOfPast(past: ResolvedPast): Rows {
  return (session, level, scope, filter) =>
    level === "region"
      ? readPastRegions(session, scope, filter, past)
      : readPastFigures(session, level, scope, filter, past);
}

async function describePast(
  session: Session,
  scope: Scope,
  levels: readonly FigureLevel[],
  past: ResolvedPast,
): Promise<AsOf> {
  const { point, placeRuns, forgottenRuns } = past;
  // A region is the sum of its provinces.
  const stored = new Set(levels.map((level) => (level === "region" ? "province" : level)));
  const foreignUnits: AsOf["foreignUnits"][number][] = [];
  for (const level of stored) foreignUnits.push(...(await readForeignUnits(session, level, scope, past)));
  const foreignSyncs = stored.has("community") ? await readForeignSyncs(session, scope, point.run) : [];
  return { ...point, placeRuns, forgottenRuns, foreignUnits, foreignSyncs };
}

/** What changed between two points in time, of which the first is not earlier. */
export function nothingBetween(since: number, asOf: number): UsageError {
  return new UsageError(
    `nothing lies between run ${since}, since which changes are asked for, and run ${asOf}, as of which the figures are`,
    "Give an earlier run or date for the changes, or a later one for --as-of. List the runs with: obc-sync history",
  );
}

/** The levels of coverages to read: one, or all. */
export type LevelRequest = (typeof FIGURE_LEVELS)[number] | "all";

/**
 * The levels of a request, from the top down; all of them are those that the scope has whole units of.
 *
 * @throws UsageError if the level is above the scope: its figures would be of other places too
 */
export function levelsOf(level: LevelRequest, scope: ScopeRequest): Array<(typeof FIGURE_LEVELS)[number]> {
  const highest = scope.kind === "all" || scope.kind === "changed" ? 0 : FIGURE_LEVELS.indexOf(scope.kind);
  if (level === "all") return FIGURE_LEVELS.slice(highest);
  if (FIGURE_LEVELS.indexOf(level) >= highest) return [level];
  throw new UsageError(
    `--level ${level} is above --${scope.kind}: the figures would be those of the whole ${level}`,
    `Give --${level} instead of --${scope.kind}, or --level ${scope.kind}.`,
  );
}

async function findRun(session: Session, point: PointInTime): Promise<ChangedSince> {
  const run = await lastRunBefore(session, point);
  const forgotten = await readForgottenRuns(session, { after: run, until: LARGEST_RUN });
  return { run, forgottenRuns: forgotten.map(({ id }) => id).sort((left, right) => left - right) };
}
