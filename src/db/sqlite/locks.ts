import type { Locks } from "../dialect/locks.ts";
import type { Statement } from "../dialect/statement.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/**
 * A DELETE that matches no row takes SQLite's write lock. It comes before the plan is read, so that no other program can
 * write between the plan and its application. While another program is writing, it fails with SQLITE_BUSY, which is
 * retried.
 */
const takeWriteLock: Statement = { sql: `delete from ${BOOKKEEPING.runs} where false`, bindings: [] };

export const locks: Locks = {
  readOnlyTransaction: {},
  writeTransaction: {},
  tryLock: () => takeWriteLock,
  waitForLock: takeWriteLock,
  holdRows: () => null,
  // How long SQLite waits is a setting of the connection.
  begin: () => ({ sql: `select name from ${BOOKKEEPING.migrations}`, bindings: [] }),
};
