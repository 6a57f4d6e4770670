import type { Knex } from "knex";
import type { WatchEvent } from "../core/sync/watch-report.ts";
import type { Access } from "../operations/shared/database.ts";
import type { OperationOptions } from "../operations/shared/options.ts";
import type { Settings } from "../settings.ts";

/** What every command receives: the settings, and functions to report progress and to ask the user. */
export interface CommandContext {
  settings: Settings;
  /** Shows the current step; only on a terminal. */
  progress: (message: string) => void;
  /** Asks the user a question; false if the answer is no, or if there is no terminal. */
  confirm: (question: string) => Promise<boolean>;
  /** Writes a part of the result to standard output, while the command is running; false if nobody reads on. */
  write: (text: string) => Promise<boolean>;
  /** Asks the user for one line; null if there is no terminal. */
  ask: (prompt: string) => Promise<string | null>;
  /** Reports an event while the command is running. */
  emit: (event: WatchEvent) => void;
  signal: AbortSignal;
}

type Operate<T> = (
  knex: Knex,
  options: OperationOptions & { schema: string | undefined; signal: AbortSignal },
) => Promise<T>;

/** Connects to the database of the settings, runs an operation on it and closes it. Loads the drivers only when called. */
export async function onDatabase<T>(context: CommandContext, access: Access, operate: Operate<T>): Promise<T> {
  const { connect } = await import("../operations/shared/database.ts");
  return onUnconnectedDatabase(context, access, async (knex, options) => {
    await connect(knex);
    return operate(knex, options);
  });
}

/** The same, for an operation that waits for the server itself. */
export async function onUnconnectedDatabase<T>(
  { settings, progress, signal }: CommandContext,
  access: Access,
  operate: Operate<T>,
): Promise<T> {
  const { withDatabase } = await import("../operations/shared/database.ts");
  const { database, lockTimeoutMs, curatedFields, schema, actor } = settings;
  return withDatabase(database, access, (knex) =>
    operate(knex, { lockTimeoutMs, curatedFields, schema, actor, progress, signal }),
  );
}
