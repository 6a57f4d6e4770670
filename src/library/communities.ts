import type { CommunityAction, CommunityValues } from "../core/records/community.ts";
import { type CommunityOutcome, changeCommunity } from "../operations/community.ts";
import { type Connection, withRecordTransaction } from "../operations/connection.ts";
import { fieldsOf, type OperationOptions } from "./options.ts";

/** Adds a community to a barangay that has none; the coverages above follow in the same transaction. */
export function createCommunity(
  connection: Connection,
  barangay: string,
  values: CommunityValues,
  options: OperationOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "add", barangay, values, options);
}

/** Changes the columns given and leaves the others; null clears one. */
export function updateCommunity(
  connection: Connection,
  barangay: string,
  values: CommunityValues,
  options: OperationOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "set", barangay, values, options);
}

/** Archives a community: it stays on record and is no longer counted. */
export function archiveCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "archive", barangay, {}, options);
}

export function restoreCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "restore", barangay, {}, options);
}

/** Removes a community for good. */
export function removeCommunity(
  connection: Connection,
  barangay: string,
  options: OperationOptions = {},
): Promise<CommunityOutcome> {
  return community(connection, "remove", barangay, {}, options);
}

function community(
  connection: Connection,
  action: CommunityAction,
  barangay: string,
  values: CommunityValues,
  options: OperationOptions,
): Promise<CommunityOutcome> {
  return withRecordTransaction(connection, options, (transaction, dialect) =>
    changeCommunity({ transaction, dialect, fields: fieldsOf(options) }, action, barangay, values),
  );
}
