import { DatabaseError } from "../../core/errors.ts";
import type { ErrorTranslator } from "../connection/dialect.ts";
import { driverMessage, errorCode, mayNotWrite, notMigrated } from "../connection/driver-error.ts";

export const errors: ErrorTranslator = {
  isRetryable: (error) => errorCode(error).startsWith("SQLITE_BUSY"),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    if (/no such (table|column)|has no column named/.test(message)) return notMigrated(database);
    if (code.startsWith("SQLITE_READONLY")) return mayNotWrite(database, error);
    if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
      return new DatabaseError(
        "DATABASE_UNREADABLE",
        `${database} is not a SQLite database, or is damaged`,
        "Check the path given with --database.",
        { cause: error },
      );
    }
    if (code.startsWith("SQLITE_CANTOPEN") || code.startsWith("SQLITE_IOERR") || code === "SQLITE_FULL") {
      return new DatabaseError(
        "DATABASE_UNREACHABLE",
        `cannot read or write ${database}: ${message}`,
        "Check the permissions of the file and its folder, and that the disk is not full.",
        { cause: error },
      );
    }
    if (code.startsWith("SQLITE_BUSY")) {
      return new DatabaseError(
        "DATABASE_BUSY",
        `${database} is busy: another program is writing to it`,
        "Wait for it to finish, then run the command again.",
        { cause: error },
      );
    }
    return null;
  },
};
