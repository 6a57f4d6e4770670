/** The code of a UnitError. */
export type UnitErrorCode =
  | "UNIT_UNKNOWN"
  | "UNIT_AMBIGUOUS"
  | "NOTHING_FOUND"
  | "COMMUNITY_EXISTS"
  | "COMMUNITY_MISSING"
  | "COVERAGE_MISSING"
  | "COVERAGE_AUTOMATIC"
  | "RUN_UNKNOWN"
  | "RUN_NOT_LAST"
  | "RUN_REVERTED"
  | "RUN_NOT_REVERTIBLE"
  | "RUN_OVERTAKEN"
  | "RUN_FORGOTTEN"
  | "PLAN_STALE";

/** The code of a DatabaseError. */
export type DatabaseErrorCode =
  | "CAPTURE_BROKEN"
  | "CITUS_UNAVAILABLE"
  | "DATABASE_ACCESS_DENIED"
  | "DATABASE_BUSY"
  | "DATABASE_DAMAGED"
  | "DATABASE_FULL"
  | "DATABASE_MISSING"
  | "DATABASE_NEWER"
  | "DATABASE_NOT_MIGRATED"
  | "DATABASE_READ_ONLY"
  | "DATABASE_TIMEOUT"
  | "DATABASE_TLS"
  | "DATABASE_UNREACHABLE"
  | "DATABASE_UNREADABLE"
  | "EXPORT_INCOMPLETE"
  | "FIGURE_TOO_LARGE"
  | "GEOGRAPHY_MISSING"
  | "PLAN_FOREIGN"
  | "SCHEMA_INCOMPLETE"
  | "TABLES_EXIST";

/** Every code of an ObcSyncError. */
export type ErrorCode =
  | UnitErrorCode
  | DatabaseErrorCode
  | "USAGE"
  | "INPUT_INVALID"
  | "LOCK_HELD"
  | "CONCURRENT_CHANGE"
  | "INTERRUPTED"
  | "OUTPUT_FAILED"
  | "SYSTEM";

/**
 * An error that the user can act on. The message says what is wrong, with names and values; the hint says what to do
 * next. Any other error is a bug in this program and is reported with its stack.
 */
export class ObcSyncError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.hint = hint;
  }
}

/** A flag, an argument or a setting that cannot be used as given. */
export class UsageError extends ObcSyncError {
  constructor(message: string, hint: string) {
    super("USAGE", message, hint);
  }
}

/** A file that cannot be read, or that has the wrong format or content. */
export class InputError extends ObcSyncError {
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super("INPUT_INVALID", message, hint, options);
  }
}

/** A place that does not exist or is not unique, or whose record does not allow the operation. */
export class UnitError extends ObcSyncError {
  constructor(code: UnitErrorCode, message: string, hint: string) {
    super(code, message, hint);
  }
}

/** The database is missing, unreachable, not migrated or read-only, or it rejected a statement. */
export class DatabaseError extends ObcSyncError {
  constructor(code: DatabaseErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(code, message, hint, options);
  }
}

/** There are no places: everything that names a barangay would be unknown. */
export class GeographyMissingError extends DatabaseError {
  constructor(hint: string) {
    super("GEOGRAPHY_MISSING", "the database has no geography yet", hint);
  }
}

/** Another run holds the lock and did not release it within the timeout. In SQLite it may also be another program. */
export class LockHeldError extends ObcSyncError {
  constructor(timeoutSeconds: number) {
    super(
      "LOCK_HELD",
      `another run is writing to this database and did not finish within ${timeoutSeconds} s`,
      "Try again later, or wait longer with --lock-timeout SECONDS.",
    );
  }
}

/** Transactions of other programs locked or changed the same rows until the timeout. */
export class DatabaseBusyError extends ObcSyncError {
  constructor(timeoutSeconds: number, options: ErrorOptions) {
    super(
      "DATABASE_BUSY",
      `another program holds locks on this database, or keeps changing the same rows, and did not finish within ${timeoutSeconds} s`,
      "Nothing was written. Try again later, or wait longer with --lock-timeout SECONDS.",
      options,
    );
  }
}

/** Another transaction changed what this one had read. Operations retry it, except in a transaction of the caller. */
export class ConcurrentChangeError extends ObcSyncError {
  constructor(what: string, options?: ErrorOptions) {
    super(
      "CONCURRENT_CHANGE",
      `another transaction changed ${what} during this one`,
      "Roll this transaction back and run it again.",
      options,
    );
  }
}

/** The user pressed Ctrl-C, or the process received SIGTERM. */
export class InterruptedError extends ObcSyncError {
  constructor(written = "nothing was written") {
    super("INTERRUPTED", `interrupted; ${written}`, "Run the same command again.");
  }
}
