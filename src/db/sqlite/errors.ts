import { existsSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { DatabaseError } from "../../core/errors.ts";
import {
  diskFull,
  driverMessage,
  errorCode,
  lacksColumn,
  lacksKey,
  lacksTable,
  mayNotWrite,
  rowRefused,
} from "../connection/driver-error.ts";
import type { ErrorTranslator } from "../dialect/errors.ts";

export const errors: ErrorTranslator = {
  // SQLite has no accounts.
  isRefused: () => false,
  lacksBookkeeping: (error) => /no such table: (main\.)?obc_sync_/.test(driverMessage(error)),
  missingColumn: (error) =>
    /(?:no such column: |has no column named )"?([\w.]+)/.exec(driverMessage(error))?.[1] ?? null,
  isRetryable: (error) => errorCode(error).startsWith("SQLITE_BUSY"),
  explain(error, database) {
    const code = errorCode(error);
    const message = driverMessage(error);
    const table = /no such table: (?:main\.)?(\w+)/.exec(message)?.[1];
    if (table !== undefined) return lacksTable(database, table, error);
    const column = errors.missingColumn(error);
    if (column !== null) return lacksColumn(database, column, error);
    if (message.startsWith("ON CONFLICT clause does not match")) return lacksKey(database, error);
    if (code.startsWith("SQLITE_CONSTRAINT")) return rowRefused(database, error);
    if (code.startsWith("SQLITE_READONLY")) return mayNotWrite(database, error);
    if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
      return new DatabaseError(
        "DATABASE_UNREADABLE",
        `${database} is not a SQLite database, or is damaged`,
        "Check the path given with --database.",
        { cause: error },
      );
    }
    const inputOrOutput = code.startsWith("SQLITE_IOERR");
    if (code === "SQLITE_FULL" || (inputOrOutput && [dirname(database), tmpdir()].some(isFull))) {
      return diskFull(
        `no space left on disk for ${database}, or for temporary files in ${tmpdir()}`,
        "Free some space there, or set TMPDIR to a folder on another disk.",
        error,
      );
    }
    if (code.startsWith("SQLITE_CANTOPEN") || inputOrOutput) {
      const permissions = existsSync(`${database}-wal`)
        ? `Check the permissions of the file, of ${database}-wal and of their folder. If the folder is read-only, copy both files to one that is not.`
        : `Check the permissions of the file and its folder, and that temporary files can be written in ${tmpdir()}.`;
      return new DatabaseError(
        inputOrOutput ? "DATABASE_UNREACHABLE" : "DATABASE_UNREADABLE",
        `cannot read or write ${database}: ${message}`,
        `${permissions} Or raise the limit of open files: ulimit -n 1024`,
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

/** SQLite reports a full disk as "disk I/O error" where it maps a file into memory; it does so with 32 KB at a time. */
const SMALLEST_SPACE = 64 * 1024;

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < SMALLEST_SPACE;
  } catch {
    return false;
  }
}
