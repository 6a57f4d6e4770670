import { UnitError, UsageError } from "../../core/errors.ts";
import { named } from "../../core/records/given-values.ts";
import type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "../../core/runs/history-report.ts";
import { countUnits, hasCounts } from "../../core/runs/run.ts";
import { LEVELS } from "../../core/sync/level.ts";
import type { UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../../db/connection/session.ts";
import { readCommunity } from "../../db/records/community-reader.ts";
import { countPrunable, pruneChanges } from "../../db/runs/change-pruner.ts";
import { findUnitOfCode, readChanges, readChangesOfUnit } from "../../db/runs/change-reader.ts";
import { readRuns } from "../../db/runs/run-reader.ts";
import { isSetUp } from "../../db/schema/schema.ts";
import { type Connection, withReversibleTransaction, withSnapshot } from "../../db/transaction/transaction.ts";
import { type CoverageUnit, findUnit } from "../shared/coverage-unit.ts";
import { timeGiven, wholeNumberGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import type { DatabaseOptions } from "../shared/options.ts";
import { requireRun } from "../shared/runs/require-run.ts";

export interface HistoryOptions extends DatabaseOptions {
  /** Maximum number of runs; 20 by default. */
  limit?: number | undefined;
}

const DEFAULT_LIMIT = 20;

/** Lists the latest runs, newest first. */
export async function history(connection: Connection, options: HistoryOptions = {}): Promise<HistoryReport> {
  callGiven(connection, options);
  const { limit = DEFAULT_LIMIT } = options;
  return withSnapshot(connection, options, async (session) => {
    const runs = await readRuns(session, limit);
    return { command: "history", runs, isSetUp: isSetUp(session.schema) };
  });
}

/**
 * Shows one run with every value that it changed.
 *
 * @throws UnitError if there is no such run
 */
export async function showRun(connection: Connection, id: number, options: DatabaseOptions = {}): Promise<RunReport> {
  callGiven(connection, options);
  wholeNumberGiven("run", id);
  return withSnapshot(connection, options, async (session) => {
    const run = await requireRun(session, id);
    const changes = await readChanges(session, id);
    const isForgotten = changes.length === 0 && hasCounts(run.counts);
    const omitted = isForgotten ? 0 : countUnits(run.counts) - changes.length;
    return { command: "history-run", run, changes, omitted, isForgotten };
  });
}

/** A community by the code or unambiguous name of its barangay, or a coverage. */
export type HistoryUnit = { community: string } | { coverage: CoverageUnit };

/**
 * Lists the runs that changed one community or coverage, newest first.
 *
 * @throws UnitError if the unit is unknown or ambiguous
 */
export async function unitHistory(
  connection: Connection,
  unit: HistoryUnit,
  options: HistoryOptions = {},
): Promise<UnitHistoryReport> {
  callGiven(connection, options);
  const { limit = DEFAULT_LIMIT } = options;
  refuseOtherUnit(unit);
  return withSnapshot(connection, options, async (session) => {
    const { unitId, ...found } = await findHistoryUnit(session, unit);
    const entries = await readChangesOfUnit(session, { ...found, unitId }, limit);
    return { command: "history-unit", unit: found, entries };
  });
}

/** @throws UsageError if a caller without types names neither a community nor a coverage */
function refuseOtherUnit(unit: HistoryUnit): void {
  const given = unit as { community?: unknown; coverage?: { unit?: unknown } } | undefined;
  const name = given?.coverage?.unit ?? given?.community;
  if (typeof name === "string") return;
  throw new UsageError(
    `the unit cannot be ${named(name)}`,
    'Give { community: "1001302001" } or { coverage: { unit: "Damulog" } }.',
  );
}

interface FoundUnit {
  level: UnitLevel;
  unitId: number;
  code: string;
  name: string;
  parent: string;
  province?: string;
}

async function findHistoryUnit(session: Session, unit: HistoryUnit): Promise<FoundUnit> {
  try {
    return await findPlace(session, unit);
  } catch (error) {
    if (!(error instanceof UnitError) || error.code !== "UNIT_UNKNOWN") throw error;
    const removed = await findRemoved(session, unit);
    if (removed === null) throw error;
    return removed;
  }
}

async function findPlace(session: Session, unit: HistoryUnit): Promise<FoundUnit> {
  if ("coverage" in unit) {
    const { level, unitId, code, name, parent } = await findUnit(session, unit.coverage);
    return { level, unitId, code, name, parent };
  }
  const { barangayId, code, name, municipality, province } = await readCommunity(session, unit.community);
  return { level: "community", unitId: barangayId, code, name, parent: municipality, province };
}

/** A unit whose place has been removed or recoded since, by the code that it had; null if no run has changed it. */
async function findRemoved(session: Session, unit: HistoryUnit): Promise<FoundUnit | null> {
  const [code, levels] =
    "coverage" in unit
      ? [unit.coverage.unit, unit.coverage.level === undefined ? LEVELS : [unit.coverage.level]]
      : [unit.community, ["community"] as const];
  const found = await findUnitOfCode(session, levels, code.trim());
  return found === null ? null : { ...found, name: found.code, parent: "" };
}

export interface PruneOptions extends DatabaseOptions {
  /** The changes of runs that finished before this time are deleted. The runs themselves stay. */
  before: Date;
  /** Shows what would be deleted; deletes nothing. */
  dryRun?: boolean | undefined;
}

/** Deletes the changes of old runs, which can then no longer be shown or reverted. */
export async function pruneHistory(connection: Connection, options: PruneOptions): Promise<PruneReport> {
  callGiven(connection, options);
  timeGiven("before", options.before);
  const { dryRun = false } = options;
  const before = options.before.toISOString();
  return withReversibleTransaction(connection, options, async (session) => {
    const counts = await countPrunable(session, before);
    await pruneChanges(session, before);
    return { value: { command: "history-prune", dryRun, before, ...counts }, keep: !dryRun };
  });
}
