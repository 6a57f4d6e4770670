import type { Knex } from "knex";
import { DatabaseError, UsageError } from "../core/errors.ts";
import type { RemovalReport } from "../core/runs/migrate-report.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";
import { listOwnObjects, type OwnObject, removeOwnObjects } from "../db/setup/remove-bookkeeping.ts";
import { readSchemaName } from "../db/setup/whose-tables.ts";
import { callGiven } from "./shared/given-options.ts";
import { type OperationOptions, sayNothing } from "./shared/options.ts";

export interface BookkeepingRemovalOptions extends Pick<OperationOptions, "progress"> {
  /** Asks for confirmation; by default nothing is asked. */
  confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Takes away what `migrate` has added: every table, index, trigger and function named obc_sync_*, with the history of
 * runs and the change log. Communities, coverages and places stay as they are, whosever tables they are.
 *
 * @throws UsageError if `confirm` answers no; DatabaseError if the tables belong to another account
 */
export async function removeBookkeeping(knex: Knex, options: BookkeepingRemovalOptions = {}): Promise<RemovalReport> {
  callGiven(knex, options);
  const { confirm, progress = sayNothing } = options;
  const database = dialectOf(knex).connections.nameOf(knex);
  const found = await listOwnObjects(knex);
  refuseOthersTables(found);
  const schema = await readSchemaName(knex);
  const removable = found.filter(({ owner }) => owner === null);
  const question = `Remove ${counted(removable)} of obc-sync from ${database}, with the history of runs and the changes that are not synced yet? All other tables stay.`;
  if (found.length > 0 && confirm !== undefined && !(await confirm(question))) {
    throw new UsageError("nothing was removed", "Add --yes to remove it without confirmation.");
  }
  progress("Removing the tables and triggers of obc-sync");
  const { removed, left } = await removeOwnObjects(knex);
  return {
    command: "migrate-remove",
    database,
    schema,
    removed: removed.map(({ kind, name }) => ({ kind, name })),
    left,
  };
}

/** Without its tables, nothing else of obc-sync is worth removing. */
function refuseOthersTables(objects: readonly OwnObject[]): void {
  const owner = objects.find((object) => object.kind === "table" && object.owner !== null)?.owner;
  if (owner === undefined) return;
  throw new DatabaseError(
    "DATABASE_ACCESS_DENIED",
    `the tables of obc-sync belong to the account ${owner}, with which it was set up`,
    `Nothing was removed. Run: obc-sync migrate --remove, with the account ${owner} in the URL.`,
  );
}

function counted(objects: ReadonlyArray<{ kind: string }>): string {
  const tables = objects.filter(({ kind }) => kind === "table").length;
  return `${tables} tables and ${objects.length - tables} triggers, functions and indexes`;
}
