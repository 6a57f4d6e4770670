import type { Locks } from "../connection/dialect.ts";
import { tagged } from "../connection/statements.ts";

/** An arbitrary number that identifies this program. Each database of a server has its own advisory locks. */
const ADVISORY_LOCK_KEY = 6_272_101_010;

export const locks: Locks = {
  readOnlyTransaction: { isolationLevel: "repeatable read", readOnly: true },
  writeTransaction: { isolationLevel: "repeatable read" },
  async tryLock(transaction) {
    const { rows } = await transaction.raw<{ rows: [{ locked: boolean }] }>(
      tagged("control", "select pg_try_advisory_xact_lock(?) as locked"),
      [ADVISORY_LOCK_KEY],
    );
    return rows[0].locked;
  },
  async waitForLock(transaction) {
    await transaction.raw(tagged("control", "select pg_advisory_xact_lock(?)"), [ADVISORY_LOCK_KEY]);
  },
};
