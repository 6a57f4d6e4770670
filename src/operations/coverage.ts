import type { Knex } from "knex";
import { UnitError } from "../core/errors.ts";
import { FIELDS, type Field } from "../core/fields.ts";
import {
  type CoverageAction,
  type CoverageRecord,
  type CoverageState,
  checkCoverageValues,
  type Reconciliation,
  reconcile,
  SUPPORT_PROGRAMS,
} from "../core/records/coverage.ts";
import type { Level, LevelUnit } from "../core/sync/level.ts";
import type { Scope } from "../core/sync/scope.ts";
import type { CoverageValue, SyncPlan, ValueChange } from "../core/sync/sync-plan.ts";
import type { Dialect } from "../db/connection/dialect.ts";
import { readBeneath, readCoverage } from "../db/records/coverage-reader.ts";
import { insertManualCoverage, updateCoverage } from "../db/records/coverage-store.ts";
import { readLevelUnits } from "../db/sync/scope-reader.ts";
import { syncInTransaction } from "./sync.ts";

export interface CoverageContext {
  transaction: Knex.Transaction;
  dialect: Dialect;
  /** The fields that sync computes. */
  fields: readonly Field[];
}

/** Which coverage: a code or an unambiguous name, among the levels given. */
export interface CoverageReference {
  text: string;
  levels: readonly Level[];
}

export interface CoverageOutcome {
  action: CoverageAction;
  before: CoverageRecord;
  /** What the person's own change was; what the sync behind it changed is in the plan. */
  fields: Record<string, ValueChange>;
  plan: SyncPlan;
}

/**
 * Changes one coverage and brings right what follows from it, in the transaction given: the coverage itself where it
 * is automatic, and its province.
 *
 * @throws UnitError where the unit is unknown or ambiguous, or its coverage is not in a state for the action
 */
export async function changeCoverage(
  { transaction, dialect, fields }: CoverageContext,
  action: CoverageAction,
  reference: CoverageReference,
  values: Record<string, CoverageValue> = {},
): Promise<CoverageOutcome> {
  const before = await readCoverage(transaction, await findUnit(transaction, reference));
  const now = new Date().toISOString();
  await CHANGES[action](transaction, before, values, now);
  const request = { scope: scopeOf(before), fields, provinces: true };
  const plan = await syncInTransaction(transaction, dialect, request, `coverage ${action}`);
  const stored = before.coverage?.values ?? {};
  const changed = Object.entries(values).filter(([column, value]) => (stored[column] ?? null) !== value);
  return {
    action,
    before,
    fields: Object.fromEntries(changed.map(([column, after]) => [column, { before: stored[column] ?? null, after }])),
    plan,
  };
}

/** @throws UnitError where the unit is unknown or ambiguous */
export async function findUnit(transaction: Knex.Transaction, { text, levels }: CoverageReference): Promise<LevelUnit> {
  const [unit] = await readLevelUnits(transaction, [text], levels);
  return unit as LevelUnit;
}

/** Reads one coverage with what the level below accounts for; writes nothing. */
export async function showCoverage(
  transaction: Knex.Transaction,
  unit: LevelUnit,
): Promise<{ record: CoverageRecord; reconciliation: Reconciliation[] }> {
  const record = await readCoverage(transaction, unit);
  const { values } = requireCoverage(record);
  const beneath = await readBeneath(transaction, record.level, record.unitId);
  return { record, reconciliation: reconcile(values, beneath, ["total_obc_communities", ...FIELDS]) };
}

/** A municipality with its province, or a province alone: its municipalities are not looked into. */
export function scopeOf({ level, code, unitId, provinceId }: CoverageRecord): Scope {
  const municipalityIds = level === "municipality" ? [unitId] : [];
  return { kind: level, units: [code], municipalityIds, provinceIds: [provinceId] };
}

type Change = (
  transaction: Knex.Transaction,
  before: CoverageRecord,
  values: Record<string, CoverageValue>,
  now: string,
) => Promise<void>;

const CHANGES: Record<CoverageAction, Change> = {
  archive: (transaction, before, _values, now) =>
    update(transaction, before, { is_deleted: true, deleted_at: now }, now),
  restore: (transaction, before, _values, now) =>
    update(transaction, before, { is_deleted: false, deleted_at: null }, now),
  auto: (transaction, before, _values, now) => update(transaction, before, { auto_sync: true }, now),
  async manual(transaction, before, _values, now) {
    if (before.coverage === null) await insertManualCoverage(transaction, before.level, before.unitId, now);
    else await update(transaction, before, { auto_sync: false }, now);
  },
  async set(transaction, before, values, now) {
    checkCoverageValues(before.level, values);
    const figures = Object.keys(values).filter((column) => column !== SUPPORT_PROGRAMS);
    if (!requireCoverage(before).manual && figures.length > 0) {
      throw new UnitError(
        "COVERAGE_AUTOMATIC",
        `the coverage of ${describe(before)} is automatic, so that ${figures.join(", ")} cannot be set: sync would undo it`,
        `Correct its communities, or keep it by hand from now on: obc-sync coverage manual ${before.code} --level ${before.level}`,
      );
    }
    await update(transaction, before, values, now);
  },
};

async function update(
  transaction: Knex.Transaction,
  before: CoverageRecord,
  changes: Parameters<typeof updateCoverage>[3],
  now: string,
): Promise<void> {
  requireCoverage(before);
  await updateCoverage(transaction, before.level, before.unitId, changes, now);
}

/** @throws UnitError where the unit has no coverage */
export function requireCoverage(record: CoverageRecord): CoverageState {
  if (record.coverage !== null) return record.coverage;
  throw new UnitError(
    "COVERAGE_MISSING",
    `${describe(record)} has no coverage`,
    `Sync makes one where there are communities: obc-sync sync --${record.level} ${record.code}. To keep one by hand: obc-sync coverage manual ${record.code} --level ${record.level}`,
  );
}

function describe({ name, parent, code }: CoverageRecord): string {
  return `${name}, ${parent} (${code})`;
}
