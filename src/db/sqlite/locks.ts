import type { Knex } from "knex";
import type { Locks } from "../connection/dialect.ts";
import { tagged } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * SQLite gives its write lock to the first statement that could write, even where it writes nothing. Taken first, the
 * lock also fixes the snapshot: nobody else writes between the plan and its application.
 */
async function takeWriteLock(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw(tagged("control", `delete from ${BOOKKEEPING.runs} where false`));
}

export const locks: Locks = {
  readOnlyTransaction: {},
  writeTransaction: {},
  // Another writer makes this fail with SQLITE_BUSY, which is retryable.
  async tryLock(transaction) {
    await takeWriteLock(transaction);
    return true;
  },
  waitForLock: takeWriteLock,
};
