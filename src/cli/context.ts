import type { Knex } from "knex";
import type { WatchEvent } from "../core/sync/watch-report.ts";
import type { Access } from "../operations/shared/database.ts";
import type { OperationOptions } from "../operations/shared/options.ts";
import type { Settings } from "../settings.ts";

/** What every command is given: checked settings, ways to report progress and to ask, and a way to be stopped. */
export interface CommandContext {
  settings: Settings;
  /** Says what is being done at the moment; shown on a terminal, nowhere else. */
  progress: (message: string) => void;
  /** Asks the user a question; false where the answer is no, or where nobody can be asked. */
  confirm: (question: string) => Promise<boolean>;
  /** Reports something that happened while a command goes on running. */
  emit: (event: WatchEvent) => void;
  signal: AbortSignal;
}

/** Opens the database of the settings, runs an operation on it and closes it. The drivers are loaded only now. */
export async function onDatabase<T>(
  { settings, progress, signal }: CommandContext,
  access: Access,
  operate: (knex: Knex, options: OperationOptions & { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { withDatabase } = await import("../operations/shared/database.ts");
  const { database, lockTimeoutMs, curatedFields } = settings;
  return withDatabase(database, access, (knex) => operate(knex, { lockTimeoutMs, curatedFields, progress, signal }));
}
