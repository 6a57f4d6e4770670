import { parseDecimal } from "./core/decimal-number.ts";
import { UsageError } from "./core/errors.ts";
import { FIELDS, type Field } from "./core/fields.ts";
import { computedFields } from "./core/sync/curated-fields.ts";

/** The checked settings of a command. A flag takes precedence over its environment variables. */
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

/** The environment variables of each flag: the first that is set counts, and an empty one is not set. */
const VARIABLES = {
  database: ["OBC_SYNC_DATABASE", "DATABASE_URL"],
  lockTimeout: ["OBC_SYNC_LOCK_TIMEOUT"],
  curated: ["OBC_SYNC_CURATED_FIELDS"],
  schema: ["OBC_SYNC_SCHEMA"],
  actor: ["OBC_SYNC_ACTOR"],
} as const satisfies Record<keyof SettingFlags, readonly string[]>;

/** The value that the environment has for a flag, by the name of its property; undefined if it has none. */
export function fromEnvironment(flag: string, environment: NodeJS.ProcessEnv): string | undefined {
  const names = (VARIABLES as Readonly<Record<string, readonly string[]>>)[flag] ?? [];
  return names.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

export const DEFAULT_DATABASE = "./obc.sqlite3";
const DEFAULT_LOCK_TIMEOUT_S = "10";

/** @throws UsageError naming the flag and the values that it takes */
export function readSettings(flags: SettingFlags, environment: NodeJS.ProcessEnv): Settings {
  const setting = (flag: keyof SettingFlags) => flags[flag] ?? fromEnvironment(flag, environment);
  return {
    database: setting("database") ?? DEFAULT_DATABASE,
    lockTimeoutMs: seconds(setting("lockTimeout") ?? DEFAULT_LOCK_TIMEOUT_S) * 1000,
    schema: setting("schema") || undefined,
    curatedFields: curatedFieldsOf(setting("curated") ?? ""),
    actor: setting("actor")?.trim() || undefined,
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
