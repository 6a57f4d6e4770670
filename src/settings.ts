import { parseDecimal } from "./core/decimal-number.ts";
import { UsageError } from "./core/errors.ts";
import { FIELDS, type Field } from "./core/fields.ts";
import { computedFields } from "./core/sync/curated-fields.ts";

/** The checked settings of a command. A flag takes precedence over its environment variable. */
export interface Settings {
  /** Path of a SQLite file, or a postgres:// URL. */
  database: string;
  lockTimeoutMs: number;
  /** The name of the schema; undefined to take the one that the database was set up for. */
  schema: string | undefined;
  /** Fields that sync never writes. */
  curatedFields: readonly Field[];
  /** Who runs the command, for the history; undefined for user@host. */
  actor: string | undefined;
}

export interface SettingFlags {
  database?: string;
  lockTimeout?: string;
  curated?: string;
  schema?: string;
  actor?: string;
}

const DEFAULT_DATABASE = "./obc.sqlite3";
const DEFAULT_LOCK_TIMEOUT_S = "10";

/** @throws UsageError naming the flag and the values that it takes */
export function readSettings(flags: SettingFlags, environment: NodeJS.ProcessEnv): Settings {
  return {
    database: flags.database ?? (environment.OBC_SYNC_DATABASE || environment.DATABASE_URL || DEFAULT_DATABASE),
    lockTimeoutMs: seconds(flags.lockTimeout ?? (environment.OBC_SYNC_LOCK_TIMEOUT || DEFAULT_LOCK_TIMEOUT_S)) * 1000,
    schema: (flags.schema ?? environment.OBC_SYNC_SCHEMA) || undefined,
    curatedFields: curatedFieldsOf(flags.curated ?? environment.OBC_SYNC_CURATED_FIELDS ?? ""),
    actor: (flags.actor ?? environment.OBC_SYNC_ACTOR)?.trim() || undefined,
  };
}

function seconds(text: string): number {
  const value = parseDecimal(text);
  if (value !== null && value >= 0) return value;
  throw new UsageError(
    `--lock-timeout "${text}" is not a number of seconds`,
    "Give 0 or more, for example --lock-timeout 30.",
  );
}

function curatedFieldsOf(list: string): Field[] {
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const computed = computedFields(names, "--curated");
  return FIELDS.filter((field) => !computed.includes(field));
}
