import type { Knex } from "knex";
import { UsageError } from "../core/errors.ts";
import type { RemovalReport } from "../core/runs/migrate-report.ts";
import { dialectOf } from "../db/connection/dialect-of.ts";

import { listOwnObjects, removeOwnObjects } from "../db/setup/remove-bookkeeping.ts";
import { readSchemaName } from "../db/setup/whose-tables.ts";
import { type OperationOptions, sayNothing } from "./shared/options.ts";

export interface BookkeepingRemovalOptions extends Pick<OperationOptions, "progress"> {
  /** Asks for confirmation; by default nothing is asked. */
  confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Takes away what `migrate` has added: every table, index, trigger and function named obc_sync_*, with the history of
 * runs and the change log. Communities, coverages and places stay as they are, whosever tables they are.
 *
 * @throws UsageError if `confirm` answers no
 */
export async function removeBookkeeping(
  knex: Knex,
  { confirm, progress = sayNothing }: BookkeepingRemovalOptions = {},
): Promise<RemovalReport> {
  const database = dialectOf(knex).connections.nameOf(knex);
  const schema = await readSchemaName(knex);
  const found = await listOwnObjects(knex);
  const question = `Remove ${counted(found)} of obc-sync from ${database}, with the history of runs and the changes that are not synced yet? All other tables stay.`;
  if (found.length > 0 && confirm !== undefined && !(await confirm(question))) {
    throw new UsageError("nothing was removed", "Add --yes to remove it without confirmation.");
  }
  progress("Removing the tables and triggers of obc-sync");
  return { command: "migrate-remove", database, schema, removed: await removeOwnObjects(knex) };
}

function counted(objects: ReadonlyArray<{ kind: string }>): string {
  const tables = objects.filter(({ kind }) => kind === "table").length;
  return `${tables} tables and ${objects.length - tables} triggers, functions and indexes`;
}
