import { DatabaseError, type DatabaseErrorCode } from "../../core/errors.ts";
import {
  diskFull,
  driverMessage,
  errorCode,
  lacksColumn,
  lacksKey,
  lacksTable,
  mayNotWrite,
  notMigrated,
  rowRefused,
} from "../connection/driver-error.ts";
import type { ErrorTranslator } from "../dialect/errors.ts";

/** The server has dropped a prepared statement, or the tables have changed since. Running the transaction again helps. */
export class StaleStatementError extends Error {
  constructor(cause: unknown) {
    super("a prepared statement is no longer valid; run the transaction again", { cause });
  }
}

export const errors: ErrorTranslator = {
  isRefused: (error) => errorCode(error) === "42501",
  lacksBookkeeping: (error) => errorCode(error) === "42P01" && /"obc_sync_/.test(driverMessage(error)),
  missingColumn(error) {
    if (errorCode(error) !== "42703") return null;
    const message = driverMessage(error);
    return /column "?([\w.]+)/.exec(message)?.[1] ?? `of: ${message}`;
  },
  isRetryable: (error) =>
    error instanceof StaleStatementError || ["40001", "40P01", "55P03"].includes(errorCode(error)),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    if (code === "42883") return notMigrated(database);
    if (code === "42P01") return lacksTable(database, /"(?:\w+\.)?(\w+)"/.exec(message)?.[1] ?? "", error);
    const column = errors.missingColumn(error);
    if (column !== null) {
      return /\bxmin$/.test(column) ? coveragesAreView(database, error) : lacksColumn(database, column, error);
    }
    if (code === "42P10") return lacksKey(database, error);
    if (NOT_ALLOWED.test(code)) return rowRefused(database, error);
    if (code === "25006") return mayNotWrite(database, error);
    if (code === "53100") return diskFull(`the server of ${database}: ${message}`, "Free space on the server.", error);
    const explanation = EXPLANATIONS.find(({ applies }) => applies(code, message, error));
    if (explanation === undefined) return null;
    const says = explanation.says(database, message || code);
    return new DatabaseError(explanation.code, says, explanation.hint, { cause: error });
  },
};

/** A constraint, a length, a range of numbers, or an exception of a trigger. */
const NOT_ALLOWED = /^23|^22001$|^22003$|^P0001$/;

/** Every table has the system column xmin, which is read of coverages. */
function coveragesAreView(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    "SCHEMA_INCOMPLETE",
    `${database} has a view in place of a table of coverages`,
    "obc-sync needs the table itself, to see whether another program has changed a coverage. obc-sync migrate names the view.",
    { cause },
  );
}

interface Explanation {
  applies: (code: string, message: string, error: unknown) => boolean;
  code: DatabaseErrorCode;
  says: (database: string, message: string) => string;
  hint: string;
}

/** The first that applies counts. Errors of the server have a code of five characters; those of the driver often none. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    applies: (code) => code === "42501",
    code: "DATABASE_ACCESS_DENIED",
    says: (database, message) => `the account lacks a right in ${database}: ${message}`,
    hint: "Grant it, or use another account. verify, analyze, history and sync --dry-run need SELECT on all tables. Other commands need INSERT, UPDATE and DELETE as well, also for the dry run of an import or a revert, which writes and rolls back. migrate needs the owner of the tables, or TRIGGER on them and CREATE on their schema.",
  },
  {
    applies: (code) => code === "3D000",
    code: "DATABASE_MISSING",
    says: (database) => `the database ${database} does not exist`,
    hint: "Create it first (createdb), then run: obc-sync migrate",
  },
  {
    applies: (code, message) => code.startsWith("28") || message.startsWith("SASL"),
    code: "DATABASE_ACCESS_DENIED",
    says: (database, message) => `the server refused the login to ${database}: ${message}`,
    hint: "Check the user name and password in the URL, or set PGPASSWORD. A server that takes only encrypted connections needs sslmode=require in the URL.",
  },
  {
    applies: (_code, message) => message === "The server does not support SSL connections",
    code: "DATABASE_TLS",
    says: (database) => `the server of ${database} does not offer encrypted connections`,
    hint: "Remove sslmode from the URL, and PGSSLMODE from the environment, or switch TLS on in the server (ssl = on).",
  },
  {
    applies: (code, message) =>
      /^ERR_(TLS|SSL|OSSL)|CERT|SIGNATURE|^EPROTO$/.test(code) ||
      /secure TLS connection|SSL connection|^TLS/.test(message),
    code: "DATABASE_TLS",
    says: (database, message) => `no encrypted connection to ${database}: ${message}`,
    hint: "Give the certificate of the server's authority with sslrootcert=FILE in the URL. sslmode=no-verify encrypts without checking whose server it is.",
  },
  {
    applies: (code) => code === "53300",
    code: "DATABASE_UNREACHABLE",
    says: (database, message) => `no connection to ${database}: ${message}`,
    hint: "Try again later, or raise max_connections on the server.",
  },
  {
    applies: (code) => code === "57014",
    code: "DATABASE_TIMEOUT",
    says: (database, message) => `the server of ${database} stopped a statement: ${message}`,
    hint: "Raise statement_timeout for this account, and run the command again.",
  },
  {
    applies: (code) => code.startsWith("53") || code.startsWith("58"),
    code: "DATABASE_UNREACHABLE",
    says: (database, message) => `the server of ${database} cannot do it: ${message}`,
    hint: "See the log of the server. Run the command again when it has recovered.",
  },
  {
    applies: (code) => code === "22P05",
    code: "DATABASE_UNREADABLE",
    says: (database, message) => `the encoding of ${database} lacks a character: ${message}`,
    hint: "Use a database with the encoding UTF8.",
  },
  {
    applies: (_code, message) => message === "timeout expired",
    code: "DATABASE_UNREACHABLE",
    says: (database) => `no connection to ${database}: no answer in time`,
    hint: "Check that the server is running; check host, port and firewall. connect_timeout=SECONDS in the URL waits longer than 10 s.",
  },
  {
    applies: (code, message, error) =>
      UNREACHABLE.includes(code) ||
      isOfSocket(error) ||
      /^(57P|08)|^Connection (terminated|ended)/i.test(code || message),
    code: "DATABASE_UNREACHABLE",
    says: (database, message) => `no connection to ${database}: ${message}`,
    hint: "Check that the server is running; check host, port and firewall.",
  },
];

const UNREACHABLE = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH"];

/** Such as a Unix socket that does not exist (ENOENT), or a port that a sandbox forbids (EACCES). */
function isOfSocket(error: unknown): boolean {
  return ["connect", "getaddrinfo"].includes(String((error as NodeJS.ErrnoException)?.syscall));
}
