import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../core/errors.ts";
import type { DatabaseLocation } from "../dialect/connection.ts";

const HINT = "Give the path of a SQLite file, or postgres://user@host/database.";

/**
 * Parses a database setting: a path, `sqlite:path`, `sqlite:///relative` or `sqlite:////absolute` (the DATABASE_URL of
 * Django and others), `file:///absolute`, or a `postgres://` URL. No message repeats a setting that may hold a password.
 *
 * @throws UsageError for an empty setting, a malformed URL or another kind of database
 */
export function parseDatabaseLocation(setting: string): DatabaseLocation {
  const text = setting.trim();
  if (text === "") throw new UsageError("the database setting is empty", HINT);
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const [, keyword, service] = LIBPQ_SETTING.exec(text) ?? [];
    if (keyword !== undefined) {
      const url = keyword === "service" ? `postgres://?service=${service}` : "postgres://user@host/database";
      throw new UsageError("the database setting has the form of libpq's connection strings", `Give a URL: ${url}`);
    }
    if (hasPassword(text)) throw new UsageError("the database setting is neither a path nor a URL", HINT);
    return { kind: "sqlite", path: resolve(text) };
  }
  if (text.startsWith("file:///")) return { kind: "sqlite", path: fileURLToPath(text) };
  if (scheme === "sqlite" || scheme === "sqlite3" || scheme === "file") {
    return { kind: "sqlite", path: resolve(text.replace(/^[^:]+:(\/\/\/?)?/, "")) };
  }
  if (scheme !== "postgres" && scheme !== "postgresql") {
    throw new UsageError(`unsupported kind of database: "${scheme}"`, HINT);
  }
  if (!isWellFormed(text)) {
    throw new UsageError(
      "the PostgreSQL URL is malformed",
      `${HINT} In a user name and a password, write / as %2F, ? as %3F, # as %23 and @ as %40.`,
    );
  }
  return { kind: "postgres", url: text };
}

/** "service=prod", "host=db.example.org dbname=obc": no file has such a name by accident. */
const LIBPQ_SETTING = /^(service|host|hostaddr|dbname)\s*=\s*(\S*)/;

/** Whether a text that does not begin with a scheme is a connection string all the same: in quotes, or of libpq. */
function hasPassword(text: string): boolean {
  return /(^|\/\/)[^/\s]*:\S*@/.test(text) || /\bpassword\s*=/i.test(text);
}

/**
 * Whether the parts of a URL are what the user meant. "postgres:user@host/db" has no host, so that the driver would
 * connect to localhost. In "postgres://user:12/34@host/db" the URL standard takes "user" for the host.
 */
function isWellFormed(text: string): boolean {
  if (!/^\w+:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, port, hash, pathname, search } = new URL(text);
  return hash === "" && (username !== "" || port === "" || !`${pathname}${search}`.includes("@"));
}

/** The name of a location for messages, without a password. */
export function describeLocation(location: DatabaseLocation): string {
  return location.kind === "sqlite" ? location.path : withoutPassword(location.url);
}

export function withoutPassword(text: string): string {
  // A user of the library may connect with a string that is no URL.
  if (!URL.canParse(text)) return "PostgreSQL";
  const url = new URL(text);
  url.password = "";
  for (const key of [...url.searchParams.keys()]) {
    if (/pass|secret|key|token/i.test(key)) url.searchParams.set(key, "***");
  }
  return url.toString();
}
