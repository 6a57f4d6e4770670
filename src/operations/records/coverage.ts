import { UnitError } from "../../core/errors.ts";
import { FIELDS } from "../../core/fields.ts";
import {
  type CoverageAction,
  type CoverageRecord,
  givenCoverageValues,
  type PassedCoverageValues,
  type Reconciliation,
  reconcile,
} from "../../core/records/coverage.ts";
import type { CoverageChangeReport, CoverageReport } from "../../core/records/coverage-report.ts";
import { refuseValue } from "../../core/records/given-values.ts";
import { coverageChange } from "../../core/runs/kept-change.ts";
import type { LevelUnit } from "../../core/sync/level.ts";
import type { CoverageValue } from "../../core/sync/planned-change.ts";
import { computedColumns } from "../../core/sync/sync-plan.ts";
import type { Session } from "../../db/connection/session.ts";
import { readBeneath, readCoverage } from "../../db/records/coverage-reader.ts";
import {
  type CoverageUpdate,
  insertManualCoverage,
  updateCoverage as writeUpdate,
} from "../../db/records/coverage-store.ts";
import { COVERAGE_TABLES } from "../../db/schema/coverage-tables.ts";
import { valuesAsRead } from "../../db/schema/schema.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../../db/transaction/transaction.ts";
import {
  type CoverageUnit,
  describeCoverage,
  findUnit,
  requireCoverage,
  scopeOfCoverage,
} from "../shared/coverage-unit.ts";
import { callGiven, coverageGiven } from "../shared/given-options.ts";
import { measured } from "../shared/measured.ts";
import { fieldsOf, type OperationOptions } from "../shared/options.ts";
import { applySync } from "../shared/runs/apply-sync.ts";
import { beginRun } from "../shared/runs/run.ts";

export type { CoverageUnit } from "../shared/coverage-unit.ts";

/** Archives a coverage. For a municipality, recalculates its province. */
export function softDelete(
  connection: Connection,
  coverage: CoverageUnit,
  options: OperationOptions = {},
): Promise<CoverageChangeReport> {
  return change(connection, "archive", coverage, {}, options);
}

/** Restores an archived coverage, and recalculates it if it is automatic. For a municipality, recalculates its province. */
export function restore(
  connection: Connection,
  coverage: CoverageUnit,
  options: OperationOptions = {},
): Promise<CoverageChangeReport> {
  return change(connection, "restore", coverage, {}, options);
}

/** Makes a coverage automatic, which recalculates it, or manual, so that sync no longer changes its figures. */
export async function setAutoSync(
  connection: Connection,
  coverage: CoverageUnit,
  autoSync: boolean,
  options: OperationOptions = {},
): Promise<CoverageChangeReport> {
  if (typeof autoSync !== "boolean") refuseValue("autoSync", autoSync, "true or false");
  return change(connection, autoSync ? "auto" : "manual", coverage, {}, options);
}

/** Sets figures of a manual coverage; of any coverage, curated fields and existing_support_programs. */
export function updateCoverage(
  connection: Connection,
  coverage: CoverageUnit,
  values: PassedCoverageValues,
  options: OperationOptions = {},
): Promise<CoverageChangeReport> {
  return change(connection, "set", coverage, values, options);
}

/** Reads one coverage, and how much of it the level below accounts for. Writes nothing. */
export async function showCoverage(
  connection: Connection,
  coverage: CoverageUnit,
  options: OperationOptions = {},
): Promise<CoverageReport> {
  callGiven(connection, options);
  coverageGiven("coverage", coverage);
  const { outcome, ...measures } = await measured(connection, () =>
    withSnapshot(connection, options, async (session) => reconciled(session, await findUnit(session, coverage))),
  );
  return { command: "coverage", action: "show", ...outcome, fields: {}, plan: null, ...measures };
}

/** @throws UnitError if the unit is unknown or ambiguous, or the state of its coverage does not allow the action */
async function change(
  connection: Connection,
  action: CoverageAction,
  coverage: CoverageUnit,
  passed: PassedCoverageValues,
  options: OperationOptions,
): Promise<CoverageChangeReport> {
  callGiven(connection, options);
  coverageGiven("coverage", coverage);
  const run = beginRun(`coverage ${action}`, options);
  const { outcome, ...measures } = await measured(connection, () =>
    withExclusiveTransaction(connection, options, async (session) => {
      const before = await readCoverage(session, await findUnit(session, coverage));
      const { schema } = session;
      const given = givenCoverageValues(before.level, passed, schema.rules.maxFigure);
      const values = valuesAsRead(schema, COVERAGE_TABLES[before.level].coverages, given);
      const computed = fieldsOf(options);
      await CHANGES[action]({ session, before, values, computed: computedColumns(computed)[before.level] });
      const direct = coverageChange(before, await changedBy(session, action, before, values));
      const request = { scope: scopeOfCoverage(before), fields: computed, provinces: true };
      const plan = await applySync(session, request, run, { direct: [direct] });
      return { before, ...(await reconciled(session, before)), fields: differences(before, values), plan };
    }),
  );
  return { command: "coverage", action, ...outcome, ...measures };
}

async function reconciled(
  session: Session,
  unit: LevelUnit,
): Promise<{ coverage: CoverageRecord; reconciliation: Reconciliation[] }> {
  const coverage = await readCoverage(session, unit);
  const { values } = requireCoverage(coverage);
  const beneath = await readBeneath(session, unit.level, unit.unitId);
  return { coverage, reconciliation: reconcile(values, beneath, ["total_obc_communities", ...FIELDS]) };
}

/** The coverage after the change and before the sync. Only one that was created has to be read. */
async function changedBy(
  session: Session,
  action: CoverageAction,
  before: CoverageRecord,
  values: Record<string, CoverageValue>,
): Promise<CoverageRecord> {
  const { coverage } = before;
  if (coverage === null) return readCoverage(session, before);
  const archived = action === "archive" || (action !== "restore" && coverage.archived);
  const manual = action === "manual" || (action !== "auto" && coverage.manual);
  return { ...before, coverage: { values: { ...coverage.values, ...values }, archived, manual } };
}

interface ChangeRequest {
  session: Session;
  before: CoverageRecord;
  values: Record<string, CoverageValue>;
  /** The columns that sync writes in an automatic coverage. */
  computed: readonly string[];
}

const CHANGES: Record<CoverageAction, (request: ChangeRequest) => Promise<void>> = {
  async archive({ session, before }) {
    // The date of the first time stays.
    if (requireCoverage(before).archived) return;
    await update(session, before, { is_deleted: true, deleted_at: now() });
  },
  async restore({ session, before }) {
    if (!requireCoverage(before).archived) return;
    await update(session, before, { is_deleted: false, deleted_at: null });
  },
  async auto({ session, before }) {
    if (requireCoverage(before).manual) await update(session, before, { auto_sync: true });
  },
  async manual({ session, before }) {
    if (before.coverage === null) await insertManualCoverage(session, before.level, before.unitId, now());
    else if (!before.coverage.manual) await update(session, before, { auto_sync: false });
  },
  async set({ session, before, values, computed }) {
    const overwritten = Object.keys(values).filter((column) => computed.includes(column));
    if (!requireCoverage(before).manual && overwritten.length > 0) {
      throw new UnitError(
        "COVERAGE_AUTOMATIC",
        `the coverage of ${describeCoverage(before)} is automatic: sync would overwrite ${overwritten.join(", ")}`,
        `Correct its communities, or make the coverage manual: obc-sync coverage manual ${before.code} --level ${before.level}. To keep a field out of every sync, list it in OBC_SYNC_CURATED_FIELDS.`,
      );
    }
    if (Object.keys(differences(before, values)).length > 0) await update(session, before, values);
  },
};

/** The values that differ from those of the coverage. */
function differences({ coverage }: CoverageRecord, values: Record<string, CoverageValue>): CoverageReport["fields"] {
  const before = (column: string) => coverage?.values[column] ?? null;
  const changed = Object.entries(values).filter(([column, value]) => before(column) !== value);
  return Object.fromEntries(changed.map(([column, after]) => [column, { before: before(column), after }]));
}

async function update(session: Session, before: CoverageRecord, changes: CoverageUpdate): Promise<void> {
  requireCoverage(before);
  await writeUpdate(session, before, changes, now());
}

function now(): string {
  return new Date().toISOString();
}
