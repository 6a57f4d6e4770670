import type { CoverageAction } from "../core/records/coverage.ts";
import type { Level } from "../core/sync/level.ts";
import type { CoverageValue } from "../core/sync/sync-plan.ts";
import { type Connection, withRecordTransaction } from "../operations/connection.ts";
import { type CoverageOutcome, changeCoverage } from "../operations/coverage.ts";
import { fieldsOf, type OperationOptions } from "./options.ts";

/** Names one coverage: a level and a PSGC code or unambiguous name. */
export interface CoverageUnit {
  level: Level;
  unit: string;
}

/** Archives a coverage; the province above a municipality follows. */
export function softDelete(
  connection: Connection,
  coverage: CoverageUnit,
  options: OperationOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "archive", coverage, {}, options);
}

/** Brings an archived coverage back, refreshed where it is automatic; the province above a municipality follows. */
export function restore(
  connection: Connection,
  coverage: CoverageUnit,
  options: OperationOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "restore", coverage, {}, options);
}

/** Turns auto-sync on, which refreshes the coverage at once, or off, which leaves its figures to people. */
export function setAutoSync(
  connection: Connection,
  coverage: CoverageUnit,
  autoSync: boolean,
  options: OperationOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, autoSync ? "auto" : "manual", coverage, {}, options);
}

/** Sets figures of a manual coverage, or existing_support_programs of any. */
export function updateCoverage(
  connection: Connection,
  coverage: CoverageUnit,
  values: Record<string, CoverageValue>,
  options: OperationOptions = {},
): Promise<CoverageOutcome> {
  return changeOneCoverage(connection, "set", coverage, values, options);
}

function changeOneCoverage(
  connection: Connection,
  action: CoverageAction,
  { level, unit }: CoverageUnit,
  values: Record<string, CoverageValue>,
  options: OperationOptions,
): Promise<CoverageOutcome> {
  return withRecordTransaction(connection, options, (transaction, dialect) =>
    changeCoverage(
      { transaction, dialect, fields: fieldsOf(options) },
      action,
      { text: unit, levels: [level] },
      values,
    ),
  );
}
