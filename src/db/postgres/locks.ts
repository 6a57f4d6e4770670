import type { Locks } from "../dialect/locks.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";

/** An arbitrary number that identifies this program. Each database of a server has its own advisory locks. */
const ADVISORY_LOCK_KEY = 6_272_101_010;

/** Another one: a migration takes the first lock too, on another connection. */
export const MIGRATION_LOCK_KEY = ADVISORY_LOCK_KEY + 1;

const { migrations } = BOOKKEEPING;

export const locks: Locks = {
  readOnlyTransaction: { isolationLevel: "repeatable read", readOnly: true },
  writeTransaction: { isolationLevel: "repeatable read" },
  tryLock: (lockTimeoutMs) => ({
    sql: `with lock as materialized (
        select pg_try_advisory_xact_lock(?) as locked, set_config('lock_timeout', ?, true))
      select name, locked from lock cross join ${migrations}`,
    bindings: [ADVISORY_LOCK_KEY, limit(lockTimeoutMs)],
  }),
  waitForLock: { sql: "select pg_advisory_xact_lock(?)", bindings: [ADVISORY_LOCK_KEY] },
  holdRows: (alias) =>
    `where current_setting('transaction_isolation') = 'read committed' for no key update of ${alias}`,
  begin: (lockTimeoutMs) =>
    lockTimeoutMs === null
      ? { sql: `select name from ${migrations}`, bindings: [] }
      : {
          sql: `select name, set_config('lock_timeout', ?, true) from ${migrations}`,
          bindings: [limit(lockTimeoutMs)],
        },
};

/** Zero would mean no limit. */
function limit(lockTimeoutMs: number): string {
  return `${Math.max(1, Math.ceil(lockTimeoutMs))}ms`;
}
