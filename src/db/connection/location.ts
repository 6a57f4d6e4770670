import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../core/errors.ts";

/** Where a database is: a SQLite file, or a PostgreSQL server. */
export type DatabaseLocation = { kind: "sqlite"; path: string } | { kind: "postgres"; url: string };

const HINT = "Give the path of a SQLite file, or postgres://user@host/database.";

/**
 * Parses a database setting: a path, `sqlite:path`, `sqlite:///relative` or `sqlite:////absolute` (the DATABASE_URL of
 * Django and others), `file:///absolute`, or a `postgres://` URL.
 *
 * @throws UsageError for an empty setting, a malformed URL or another kind of database
 */
export function parseDatabaseLocation(setting: string): DatabaseLocation {
  const text = setting.trim();
  if (text === "") throw new UsageError("the database setting is empty", HINT);
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: "sqlite", path: resolve(text) };
  if (text.startsWith("file:///")) return { kind: "sqlite", path: fileURLToPath(text) };
  if (scheme === "sqlite" || scheme === "sqlite3" || scheme === "file") {
    return { kind: "sqlite", path: resolve(text.replace(/^[^:]+:(\/\/\/?)?/, "")) };
  }
  if (scheme !== "postgres" && scheme !== "postgresql") {
    throw new UsageError(`unsupported kind of database: "${scheme}"`, HINT);
  }
  if (!URL.canParse(text)) throw new UsageError("the PostgreSQL URL is malformed", HINT);
  return { kind: "postgres", url: text };
}

/** The name of a location for messages, without a password. */
export function describeLocation(location: DatabaseLocation): string {
  return location.kind === "sqlite" ? location.path : withoutPassword(location.url);
}

export function withoutPassword(text: string): string {
  const url = new URL(text);
  url.password = "";
  for (const key of [...url.searchParams.keys()]) {
    if (/pass|secret|key|token/i.test(key)) url.searchParams.set(key, "***");
  }
  return url.toString();
}
