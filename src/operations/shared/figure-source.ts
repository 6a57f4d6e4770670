import { UnitError, UsageError } from "../../core/errors.ts";
import type { ChangedSince } from "../../core/figures/export-report.ts";
import { FIGURE_LEVELS, type FigureLevel, type FigureRow } from "../../core/figures/figure-row.ts";
import type { Scope, ScopeRequest } from "../../core/sync/scope.ts";
import type { Session } from "../../db/connection/session.ts";
import { readCommunityFigures } from "../../db/figures/community-figures.ts";
import { readCoverageFigures } from "../../db/figures/coverage-figures.ts";
import { readForgottenRuns, readLastRunBefore, readRuns } from "../../db/runs/run-reader.ts";
import { readScope } from "../../db/sync/scope-reader.ts";
import { throwIfInterrupted } from "../../db/transaction/transaction.ts";
import { requireRun } from "./require-run.ts";

/** Which rows a person asks for. */
export interface FigureRequest {
  /** The places; everything by default. */
  scope?: ScopeRequest | undefined;
  /** Includes archived communities and coverages; false by default. */
  archived?: boolean | undefined;
  /** Only what runs after this one, or from this date on, have changed: a run's number, or a date in ISO 8601. */
  changedSince?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Figures of one snapshot. Everything that shows them to people takes its rows from here. */
export interface FigureSource {
  scope: Scope;
  changedSince: ChangedSince | null;
  /** The rows of a level in the scope, ordered by code, read as they are asked for. */
  rows: (level: FigureLevel) => AsyncIterable<FigureRow>;
}

/**
 * @throws UnitError if a unit or a run is unknown
 * @throws UsageError if `changedSince` is neither a run nor a date
 */
export async function openFigures(session: Session, request: FigureRequest): Promise<FigureSource> {
  const { archived = false, signal } = request;
  const scope = await readScope(session, request.scope ?? { kind: "all" });
  const changedSince = request.changedSince === undefined ? null : await findRun(session, request.changedSince);
  const filter = { archived, sinceRun: changedSince?.run ?? null };
  return {
    scope,
    changedSince,
    async *rows(level) {
      const rows =
        level === "community"
          ? readCommunityFigures(session, scope, filter)
          : readCoverageFigures(session, level, scope, filter);
      for await (const row of rows) {
        throwIfInterrupted(signal);
        yield row;
      }
    },
  };
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

async function findRun(session: Session, text: string): Promise<ChangedSince> {
  const run = /^\d{1,10}$/.test(text)
    ? (await requireRun(session, Number(text))).id
    : await lastRunBefore(session, text);
  const forgotten = await readForgottenRuns(session, run);
  return { run, forgottenRuns: forgotten.map(({ id }) => id).sort((left, right) => left - right) };
}

async function lastRunBefore(session: Session, text: string): Promise<number> {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? Date.parse(utc(text))
    : NaN;
  if (Number.isNaN(time)) {
    throw new UsageError(
      `--changed-since "${text}" is neither the number of a run nor a date`,
      "For example: --changed-since 12 (obc-sync history lists the runs) or --changed-since 2026-11-01",
    );
  }
  if ((await readRuns(session, 1)).length === 0) {
    throw new UnitError(
      "RUN_UNKNOWN",
      "no run is recorded, so that nobody knows what has changed",
      "Leave out --changed-since. Runs are recorded from the first import or sync on.",
    );
  }
  return (await readLastRunBefore(session, new Date(time).toISOString()))?.id ?? 0;
}

/** A date and time without a zone is in UTC, as in the history. */
function utc(text: string): string {
  return /T/.test(text) && !/(Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text;
}
