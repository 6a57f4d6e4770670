import type { Locks } from "../connection/dialect.ts";

/** An arbitrary number that identifies this program. Each database of a server has its own advisory locks. */
const ADVISORY_LOCK_KEY = 6_272_101_010;

export const locks: Locks = {
  readOnlyTransaction: { isolationLevel: "repeatable read", readOnly: true },
  writeTransaction: { isolationLevel: "repeatable read" },
  tryLock: { sql: "select pg_try_advisory_xact_lock(?) as locked", bindings: [ADVISORY_LOCK_KEY] },
  waitForLock: { sql: "select pg_advisory_xact_lock(?)", bindings: [ADVISORY_LOCK_KEY] },
};
