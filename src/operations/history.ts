import type { HistoryReport, PruneReport, RunReport, UnitHistoryReport } from "../core/runs/history-report.ts";
import { countUnits, hasCounts } from "../core/runs/run.ts";
import type { UnitLevel } from "../core/sync/unit-change.ts";
import type { Session } from "../db/connection/session.ts";
import { readCommunity } from "../db/records/community-reader.ts";
import { countPrunable, pruneChanges } from "../db/runs/change-pruner.ts";
import { readChanges, readChangesOfUnit } from "../db/runs/change-reader.ts";
import { readRuns } from "../db/runs/run-reader.ts";
import { isSetUp } from "../db/schema/schema.ts";
import {
  type Connection,
  type TransactionOptions,
  withReversibleTransaction,
  withSnapshot,
} from "../db/transaction/transaction.ts";
import { type CoverageUnit, findUnit } from "./shared/coverage-unit.ts";
import { requireRun } from "./shared/require-run.ts";

export interface HistoryOptions extends TransactionOptions {
  /** Maximum number of runs; 20 by default. */
  limit?: number | undefined;
}

const DEFAULT_LIMIT = 20;

/** Lists the latest runs, newest first. */
export async function history(connection: Connection, options: HistoryOptions = {}): Promise<HistoryReport> {
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
export function showRun(connection: Connection, id: number, options: TransactionOptions = {}): Promise<RunReport> {
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
export function unitHistory(
  connection: Connection,
  unit: HistoryUnit,
  options: HistoryOptions = {},
): Promise<UnitHistoryReport> {
  const { limit = DEFAULT_LIMIT } = options;
  return withSnapshot(connection, options, async (session) => {
    const { unitId, ...found } = await findHistoryUnit(session, unit);
    const entries = await readChangesOfUnit(session, { ...found, unitId }, limit);
    return { command: "history-unit", unit: found, entries };
  });
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
  if ("coverage" in unit) {
    const { level, unitId, code, name, parent } = await findUnit(session, unit.coverage);
    return { level, unitId, code, name, parent };
  }
  const { barangayId, code, name, municipality, province } = await readCommunity(session, unit.community);
  return { level: "community", unitId: barangayId, code, name, parent: municipality, province };
}

export interface PruneOptions extends TransactionOptions {
  /** The changes of runs that finished before this time are deleted. The runs themselves stay. */
  before: Date;
  /** Shows what would be deleted; deletes nothing. */
  dryRun?: boolean | undefined;
}

/** Deletes the changes of old runs, which can then no longer be shown or reverted. */
export function pruneHistory(connection: Connection, options: PruneOptions): Promise<PruneReport> {
  const { dryRun = false } = options;
  const before = options.before.toISOString();
  return withReversibleTransaction(connection, options, async (session) => {
    const counts = await countPrunable(session, before);
    await pruneChanges(session, before);
    return { value: { command: "history-prune", dryRun, before, ...counts }, keep: !dryRun };
  });
}
