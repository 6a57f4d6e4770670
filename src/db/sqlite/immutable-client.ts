import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import BetterSqlite3Client from "knex/lib/dialects/better-sqlite3/index.js";

/** Bytes of the file header: the versions of the format for writing and for reading, each 1 for a rollback journal, 2 for WAL. */
const FORMAT_VERSIONS = [18, 19] as const;
const ROLLBACK_JOURNAL = 1;

/**
 * Reads the whole database into memory. SQLite cannot read a database in WAL mode if it may not create two files in its
 * folder. Its own answer, immutable=1, is an option of a file name in URI form, which the driver refuses.
 */
export class ImmutableClient extends BetterSqlite3Client {
  override async acquireRawConnection(): Promise<BetterSqlite3.Database> {
    const content = readFileSync(this.connectionSettings.filename);
    // A database in memory has no WAL.
    for (const position of FORMAT_VERSIONS) content[position] = ROLLBACK_JOURNAL;
    return new this.driver(content, { readonly: true });
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
