import type { Knex } from "knex";
import type { Locks } from "../connection/dialect.ts";
import { tagged } from "../connection/statements.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * Takes SQLite's write lock with a DELETE that matches no row. It comes before the plan is read, so that no other program
 * can write between the plan and its application.
 */
async function takeWriteLock(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw(tagged("control", `delete from ${BOOKKEEPING.runs} where false`));
}

export const locks: Locks = {
  readOnlyTransaction: {},
  writeTransaction: {},
  // While another program is writing, this fails with SQLITE_BUSY, which is retried.
  async tryLock(transaction) {
    await takeWriteLock(transaction);
    return true;
  },
  waitForLock: takeWriteLock,
};
