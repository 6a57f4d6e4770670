import { UsageError } from "../core/errors.ts";
import { parseCommunityAssignments } from "../core/records/assignment.ts";
import type { CommunityAction } from "../core/records/community.ts";
import type { CommunityReport } from "../core/records/community-report.ts";
import { withDatabase } from "../db/connection/connect.ts";
import { parseDatabaseLocation } from "../db/connection/location.ts";
import { withSnapshot, withWriteTransaction } from "../db/connection/transaction.ts";
import { readCommunity } from "../db/records/community-reader.ts";
import { changeCommunity } from "../operations/community.ts";
import type { CommandContext } from "./context.ts";

export interface CommunityChangeOptions {
  action: CommunityAction;
  /** Code or unambiguous name of the barangay. */
  reference: string;
  /** field=value */
  assignments: string[];
}

/** Changes one community and the coverages above it, in one transaction. */
export async function runCommunityChange(
  { action, reference, assignments }: CommunityChangeOptions,
  { settings, signal }: CommandContext,
): Promise<CommunityReport> {
  const started = performance.now();
  const values = parseCommunityAssignments(assignments);
  return withDatabase(parseDatabaseLocation(settings.database), "write", async (database) => {
    const lock = { timeoutMs: settings.lockTimeoutMs, signal };
    const outcome = await withWriteTransaction(database, lock, (transaction) =>
      changeCommunity({ transaction, dialect: database.dialect, fields: settings.fields }, action, reference, values),
    );
    return {
      command: "community",
      action,
      community: outcome.after,
      fields: outcome.fields,
      plan: outcome.plan,
      queries: database.statementCounts(),
      durationMs: performance.now() - started,
    };
  });
}

/** Removes a community for good, once the user has said that this is meant. */
export async function runCommunityRemove(
  reference: string,
  isConfirmed: boolean,
  context: CommandContext,
): Promise<CommunityReport> {
  if (!isConfirmed) {
    const { community } = await showCommunity(reference, context);
    const question = `Remove the community of ${community.name}, ${community.municipality} (${community.code}) for good?`;
    if (!(await context.confirm(question))) {
      throw new UsageError(
        "nothing was removed",
        `Add --yes to remove it without being asked, or archive it: obc-sync community archive ${community.code}`,
      );
    }
  }
  return runCommunityChange({ action: "remove", reference, assignments: [] }, context);
}

/** Shows one community; writes nothing. */
export async function showCommunity(reference: string, { settings }: CommandContext): Promise<CommunityReport> {
  const started = performance.now();
  return withDatabase(parseDatabaseLocation(settings.database), "read", async (database) => {
    const community = await withSnapshot(database, (transaction) => readCommunity(transaction, reference));
    return {
      command: "community",
      action: "show",
      community,
      fields: {},
      plan: null,
      queries: database.statementCounts(),
      durationMs: performance.now() - started,
    };
  });
}
