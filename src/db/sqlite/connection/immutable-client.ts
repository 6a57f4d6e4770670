import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import BetterSqlite3Client from "knex/lib/dialects/better-sqlite3/index.js";
import { withoutLog } from "./without-log.ts";

/**
 * Reads the whole database into memory. SQLite cannot read a database in WAL mode if it may not create two files in its
 * folder. Its own answer, immutable=1, is an option of a file name in URI form, which the driver refuses.
 */
export class ImmutableClient extends BetterSqlite3Client {
  override async acquireRawConnection(): Promise<BetterSqlite3.Database> {
    return new this.driver(withoutLog(readFileSync(this.connectionSettings.filename)), { readonly: true });
  }
}

/** Whether nobody can be writing to a database: its folder is read-only, and no log is beside it. */
export function isImmutable(path: string): boolean {
  return !existsSync(`${path}-wal`) && !isWritable(dirname(path));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
