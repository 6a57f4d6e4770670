import { UnitError, UsageError } from "../../core/errors.ts";
import {
  type CommunityAction,
  type CommunityRecord,
  type CommunityValues,
  communityDifferences,
  givenCommunityValues,
  type PassedCommunityValues,
} from "../../core/records/community.ts";
import type { CommunityChangeReport, CommunityReport } from "../../core/records/community-report.ts";
import { fitTexts } from "../../core/records/text-rules.ts";
import { communityChange } from "../../core/runs/kept-change.ts";
import type { Session } from "../../db/connection/session.ts";
import { readCommunity } from "../../db/records/community-reader.ts";
import { deleteCommunity, insertCommunity, updateCommunity as writeValues } from "../../db/records/community-store.ts";
import { readWholeRows } from "../../db/records/whole-row.ts";
import { valuesAsRead } from "../../db/schema/schema.ts";
import { type Connection, withExclusiveTransaction, withSnapshot } from "../../db/transaction/transaction.ts";
import { textGiven } from "../shared/given-arguments.ts";
import { callGiven } from "../shared/given-options.ts";
import { measured } from "../shared/measured.ts";
import { fieldsOf, type OperationOptions } from "../shared/options.ts";
import { applySync } from "../shared/runs/apply-sync.ts";
import { beginRun } from "../shared/runs/run.ts";

export interface RemovalOptions extends OperationOptions {
  /** Asks for confirmation; by default the community is deleted without asking. */
  confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/** Adds a community to a barangay that has none. Coverages are recalculated in the same transaction. */
export function createCommunity(
  connection: Connection,
  barangay: string,
  values: PassedCommunityValues,
  options: OperationOptions = {},
): Promise<CommunityChangeReport> {
  return change(connection, "add", barangay, values, options);
}

/** Changes only the columns given; null clears a column, undefined leaves it as it is. */
export function updateCommunity(
  connection: Connection,
  barangay: string,
  values: PassedCommunityValues,
  options: OperationOptions = {},
): Promise<CommunityChangeReport> {
  return change(connection, "set", barangay, values, options);
}

/** Archives a community: it is kept, but not counted. */
export function archiveCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityChangeReport> {
  return change(connection, "archive", barangay, {}, options);
}

/** Restores an archived community. */
export function restoreCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityChangeReport> {
  return change(connection, "restore", barangay, {}, options);
}

/**
 * Permanently deletes a community.
 *
 * @throws UsageError if `confirm` answers no
 */
export async function removeCommunity(
  connection: Connection,
  barangay: string,
  given: RemovalOptions = {},
): Promise<CommunityChangeReport> {
  callGiven(connection, given);
  const { confirm, ...options } = given;
  if (confirm !== undefined) {
    const { community } = await showCommunity(connection, barangay, options);
    const question = `Permanently delete the community of ${community.name}, ${community.municipality} (${community.code})?`;
    if (!(await confirm(question))) {
      throw new UsageError(
        "nothing was removed",
        `Add --yes to remove it without confirmation, or archive it: obc-sync community archive ${community.code}`,
      );
    }
  }
  return change(connection, "remove", barangay, {}, options);
}

/** Reads one community; writes nothing. */
export async function showCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityReport> {
  callGiven(connection, options);
  textGiven("barangay", barangay);
  const { outcome: community, ...measures } = await measured(connection, () =>
    withSnapshot(connection, options, (session) => readCommunity(session, barangay)),
  );
  return { command: "community", action: "show", community, fields: {}, plan: null, ...measures };
}

/**
 * @param barangay code or unambiguous name of the barangay
 * @throws UnitError if the barangay is unknown, or the state of its community does not allow the action
 */
async function change(
  connection: Connection,
  action: CommunityAction,
  barangay: string,
  passed: PassedCommunityValues,
  options: OperationOptions,
): Promise<CommunityChangeReport> {
  callGiven(connection, options);
  textGiven("barangay", barangay);
  const values = givenCommunityValues(passed);
  const run = beginRun(`community ${action}`, options);
  const { outcome, ...measures } = await measured(connection, () =>
    withExclusiveTransaction(connection, options, async (session) => {
      const before = await readCommunity(session, barangay);
      const fitted = fitTexts(session.schema.texts, values);
      const removed = action === "remove" ? await readWholeRow(session, before) : undefined;
      const after = await CHANGES[action](session, before, fitted, new Date().toISOString());
      const scope = {
        kind: "municipality" as const,
        units: [before.municipalityCode],
        municipalityIds: [before.municipalityId],
        provinceIds: [before.provinceId],
      };
      const request = { scope, fields: fieldsOf(options), provinces: true };
      const plan = await applySync(session, request, run, { direct: [communityChange(before, after, removed)] });
      const fields = communityDifferences(before.values, after.values);
      return { before, after, community: after, fields, plan };
    }),
  );
  return { command: "community", action, ...outcome, ...measures };
}

/** The row to be removed, where it has columns that the program does not know. */
async function readWholeRow(session: Session, { barangayId }: CommunityRecord): Promise<string | undefined> {
  return (await readWholeRows(session, "obc_communities", "barangay_id", [barangayId])).get(barangayId);
}

type Change = (
  session: Session,
  before: CommunityRecord,
  values: CommunityValues,
  now: string,
) => Promise<CommunityRecord>;

const CHANGES: Record<CommunityAction, Change> = {
  async add(session, before, values, now) {
    if (before.values !== null) {
      const how = before.archived ? "restore" : "set";
      const is = before.archived ? "has an archived community" : "already has a community";
      throw new UnitError(
        "COMMUNITY_EXISTS",
        `${describe(before)} ${is}`,
        `Use: obc-sync community ${how} ${before.code}`,
      );
    }
    const stored = await insertCommunity(session, before.barangayId, values, now);
    return { ...before, values: { ...stored } };
  },
  async set(session, before, values, now) {
    const after = { ...valuesOf(before), ...valuesAsRead(session.schema, "obc_communities", values) };
    const isChanged = Object.keys(communityDifferences(before.values, after)).length > 0;
    if (isChanged) await writeValues(session, before, values, now);
    return { ...before, values: after };
  },
  async archive(session, before, _values, now) {
    valuesOf(before);
    // The date of the first time stays.
    if (!before.archived) await writeValues(session, before, { is_deleted: true, deleted_at: now }, now);
    return { ...before, archived: true };
  },
  async restore(session, before, _values, now) {
    valuesOf(before);
    if (before.archived) await writeValues(session, before, { is_deleted: false, deleted_at: null }, now);
    return { ...before, archived: false };
  },
  async remove(session, before) {
    valuesOf(before);
    await deleteCommunity(session, before);
    return { ...before, values: null, archived: false };
  },
};

/** @throws UnitError if the barangay has no community */
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
