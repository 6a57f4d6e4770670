import type { Knex } from "knex";
import { UnitError } from "../core/errors.ts";
import type { Field } from "../core/fields.ts";
import {
  type CommunityAction,
  type CommunityRecord,
  type CommunityValues,
  checkCommunityValues,
  communityDifferences,
} from "../core/records/community.ts";
import type { SyncPlan, ValueChange } from "../core/sync/sync-plan.ts";
import type { Dialect } from "../db/connection/dialect.ts";
import { readCommunity } from "../db/records/community-reader.ts";
import { deleteCommunity, insertCommunity, updateCommunity } from "../db/records/community-store.ts";
import { syncInTransaction } from "./sync.ts";

/** What became of one community and of the coverages above it. */
export interface CommunityOutcome {
  action: CommunityAction;
  before: CommunityRecord;
  after: CommunityRecord;
  /** Only the columns that differ. */
  fields: Record<string, ValueChange>;
  plan: SyncPlan;
}

export interface CommunityContext {
  transaction: Knex.Transaction;
  dialect: Dialect;
  /** The fields that sync computes. */
  fields: readonly Field[];
}

/**
 * Changes one community and brings its municipality and province right, in the transaction given.
 *
 * @param reference code or unambiguous name of the barangay
 * @param values what to add or set; passed over by the other actions
 * @throws UnitError where the barangay is unknown, or its community is not in a state for the action
 */
export async function changeCommunity(
  { transaction, dialect, fields }: CommunityContext,
  action: CommunityAction,
  reference: string,
  values: CommunityValues = {},
): Promise<CommunityOutcome> {
  checkCommunityValues(values);
  const before = await readCommunity(transaction, reference);
  const after = await CHANGES[action](transaction, before, values, new Date().toISOString());
  const scope = {
    kind: "municipality" as const,
    units: [before.municipalityCode],
    municipalityIds: [before.municipalityId],
    provinceIds: [before.provinceId],
  };
  const plan = await syncInTransaction(transaction, dialect, { scope, fields, provinces: true }, `community ${action}`);
  return { action, before, after, fields: communityDifferences(before.values, after.values), plan };
}

type Change = (
  transaction: Knex.Transaction,
  before: CommunityRecord,
  values: CommunityValues,
  now: string,
) => Promise<CommunityRecord>;

const CHANGES: Record<CommunityAction, Change> = {
  async add(transaction, before, values, now) {
    if (before.values !== null) {
      const how = before.archived ? "restore" : "set";
      const is = before.archived ? "has an archived community" : "has a community already";
      throw new UnitError(
        "COMMUNITY_EXISTS",
        `${describe(before)} ${is}`,
        `Use: obc-sync community ${how} ${before.code}`,
      );
    }
    await insertCommunity(transaction, before.barangayId, values, now);
    return { ...before, values: { ...values } };
  },
  async set(transaction, before, values, now) {
    const stored = valuesOf(before);
    await updateCommunity(transaction, before.barangayId, values, now);
    return { ...before, values: { ...stored, ...values } };
  },
  async archive(transaction, before, _values, now) {
    valuesOf(before);
    await updateCommunity(transaction, before.barangayId, { is_deleted: true, deleted_at: now }, now);
    return { ...before, archived: true };
  },
  async restore(transaction, before, _values, now) {
    valuesOf(before);
    await updateCommunity(transaction, before.barangayId, { is_deleted: false, deleted_at: null }, now);
    return { ...before, archived: false };
  },
  async remove(transaction, before) {
    valuesOf(before);
    await deleteCommunity(transaction, before.barangayId);
    return { ...before, values: null, archived: false };
  },
};

/** @throws UnitError where the barangay has no community */
function valuesOf(record: CommunityRecord): Record<string, string | number | null> {
  if (record.values !== null) return record.values;
  throw new UnitError(
    "COMMUNITY_MISSING",
    `${describe(record)} has no community`,
    `Add one with: obc-sync community add ${record.code} households=...`,
  );
}

function describe({ name, municipality, province, code }: CommunityRecord): string {
  return `${name}, ${municipality}, ${province} (${code})`;
}
