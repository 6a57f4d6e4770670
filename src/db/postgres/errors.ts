import { DatabaseError } from "../../core/errors.ts";
import type { ErrorTranslator } from "../connection/dialect.ts";
import { driverMessage, errorCode, mayNotWrite, notMigrated } from "../connection/driver-error.ts";

const UNREACHABLE = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH"];

/** The server has dropped a prepared statement, or the tables have changed since. Running the transaction again helps. */
export class StaleStatementError extends Error {
  constructor(cause: unknown) {
    super("a prepared statement is no longer valid; run the transaction again", { cause });
  }
}

export const errors: ErrorTranslator = {
  isRetryable: (error) =>
    error instanceof StaleStatementError || ["40001", "40P01", "55P03"].includes(errorCode(error)),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    if (["42P01", "42703", "42883"].includes(code)) return notMigrated(database);
    if (code === "42501" || code === "25006") return mayNotWrite(database, error);
    if (code === "3D000") {
      return new DatabaseError(
        "DATABASE_MISSING",
        `the database ${database} does not exist`,
        "Create it first (createdb), then run: obc-sync migrate",
        { cause: error },
      );
    }
    if (code.startsWith("28")) {
      return new DatabaseError(
        "DATABASE_ACCESS_DENIED",
        `the server refused the login to ${database}`,
        "Check the user name and password in the URL, or set PGPASSWORD.",
        { cause: error },
      );
    }
    const shutDown = code.startsWith("57P") || code.startsWith("08") || /Connection (terminated|ended)/i.test(message);
    if (UNREACHABLE.includes(code) || shutDown) {
      return new DatabaseError(
        "DATABASE_UNREACHABLE",
        `no connection to ${database}: ${message || code}`,
        "Check that the server is running; check host, port and firewall.",
        { cause: error },
      );
    }
    return null;
  },
};
