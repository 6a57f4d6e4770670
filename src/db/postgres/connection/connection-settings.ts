import { createSecureContext, type SecureContextOptions } from "node:tls";
import type { Knex } from "knex";
import type { Client } from "pg";
import { type ConnectionOptions, parse } from "pg-connection-string";
import { DatabaseError, UsageError } from "../../../core/errors.ts";
import { withoutPassword } from "../../connection/location.ts";
import { completeUrl, hostInPasswordFile } from "./libpq-settings.ts";

const CERTIFICATES = "Check sslrootcert, sslcert and sslkey in the PostgreSQL URL: each is the path of a PEM file.";

/** How long to wait for a server that does not answer. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The settings of a connection: those of the URL, and what libpq would add.
 *
 * @throws UsageError if the URL cannot be decoded, names a certificate file that cannot be read, or an unknown service
 */
export function connectionSettings(url: string): Knex.PgConnectionConfig {
  const { dbname, connect_timeout, ...settings } = parsed(url);
  // The driver takes these settings as they are; the types of Knex are narrower: a port is a number there.
  return {
    application_name: "obc-sync",
    connectionTimeoutMillis: Number(connect_timeout) * 1000 || CONNECT_TIMEOUT_MS,
    ...settings,
    database: settings.database || dbname,
    password: settings.password || process.env.PGPASSWORD || passwordFrom(withoutPassword(url)),
  } as object;
}

/** What the parser of URLs returns: it keeps settings that it does not know. */
type Parsed = ConnectionOptions & { dbname?: string; connect_timeout?: string };

function parsed(url: string): Parsed {
  const settings: Parsed = parsedUrl(url, completeUrl(url, process.env));
  if (typeof settings.ssl === "object") checkCertificates(settings.ssl as SecureContextOptions);
  return settings;
}

/** @param url for messages */
function parsedUrl(url: string, complete: string): ConnectionOptions {
  try {
    return parse(withExplicitMode(complete));
  } catch (error) {
    const { path, code } = error as NodeJS.ErrnoException;
    if (path !== undefined) throw new UsageError(`the certificate file ${path} cannot be read (${code})`, CERTIFICATES);
    throw new UsageError(
      `the PostgreSQL URL ${withoutPassword(url)} is malformed`,
      'Write special characters of the user name and the password in percent-encoding: "%" is %25.',
    );
  }
}

/** The driver would find a damaged file only while it connects, and then keep the connection open for a minute. */
function checkCertificates(files: SecureContextOptions): void {
  try {
    createSecureContext(files);
  } catch (error) {
    throw new UsageError(
      `the certificate or key that the PostgreSQL URL names cannot be used: ${(error as Error).message}`,
      CERTIFICATES,
    );
  }
}

/** The driver treats these modes as verify-full, but prints a warning of eight lines if they are spelled so. */
function withExplicitMode(url: string): string {
  if (url.includes("uselibpqcompat=true")) return url;
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, "$1verify-full");
}

/**
 * The driver calls this function if the server asks for a password. Without it, the driver reads ~/.pgpass itself and
 * prints a deprecation warning.
 */
function passwordFrom(database: string) {
  return async function password(this: Client, connection: Pick<Client, "host" | "port" | "database" | "user">) {
    const { default: pgPass } = await import("pgpass");
    const { host, port, user } = connection;
    const entry = { host: hostInPasswordFile(host), port, user, database: connection.database };
    const found = await new Promise<string | undefined>((resolve) => pgPass(entry, resolve));
    if (found !== undefined) return found;
    // The driver keeps the connection open after the error, and with it this process, until the server gives up after a minute.
    void this.end();
    throw new DatabaseError(
      "DATABASE_ACCESS_DENIED",
      `${database} asks for a password, and none was given`,
      "Set PGPASSWORD, add a line to ~/.pgpass, or give it in the URL: postgres://user:password@host/database.",
    );
  };
}
