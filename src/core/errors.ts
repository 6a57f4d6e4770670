/**
 * Errors that a user can do something about. The message says what is wrong with names and values, the hint says
 * what to do next. Anything else that is thrown is a defect of this program and keeps its stack.
 */
export class ObcSyncError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
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

/** A file that cannot be read, or that is not what it should be. */
export class InputError extends ObcSyncError {
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super("INPUT_INVALID", message, hint, options);
  }
}

/** A place that is not there, or more than once, or whose record is not in a state for what is asked. */
export class UnitError extends ObcSyncError {
  constructor(
    code:
      | "UNIT_UNKNOWN"
      | "UNIT_AMBIGUOUS"
      | "COMMUNITY_EXISTS"
      | "COMMUNITY_MISSING"
      | "COVERAGE_MISSING"
      | "COVERAGE_AUTOMATIC",
    message: string,
    hint: string,
  ) {
    super(code, message, hint);
  }
}

/** The database is missing, unreachable, not migrated, read-only or refuses a statement. */
export class DatabaseError extends ObcSyncError {
  constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
    super(code, message, hint, options);
  }
}

/** A sum that is past what can be counted exactly. */
export class FigureTooLargeError extends ObcSyncError {
  constructor(unit: string, column: string, value: string) {
    super(
      "FIGURE_TOO_LARGE",
      `${column} of ${unit} comes to ${value}, past 9,007,199,254,740,991, the largest figure that is exact`,
      "A manual coverage beneath it most likely holds a typing error; correct its figure and run again.",
    );
  }
}

/** Another run holds the lock and did not finish in time. */
export class LockHeldError extends ObcSyncError {
  constructor(timeoutSeconds: number) {
    super(
      "LOCK_HELD",
      `another run is writing to this database and did not finish within ${timeoutSeconds} s`,
      "Wait for it, or give it longer with --lock-timeout SECONDS.",
    );
  }
}

/** Another transaction changed what this one had read; only in a transaction below repeatable read. */
export class ConcurrentChangeError extends ObcSyncError {
  constructor(count: number) {
    super(
      "CONCURRENT_CHANGE",
      `another transaction changed ${count} ${count === 1 ? "coverage" : "coverages"} while this one was at work`,
      "Roll this transaction back and run it again, best in isolation level repeatable read.",
    );
  }
}

/** The user pressed Ctrl-C, or the process was asked to stop; nothing was written. */
export class InterruptedError extends ObcSyncError {
  constructor() {
    super("INTERRUPTED", "interrupted; nothing was written", "Run the same command again when you are ready.");
  }
}
