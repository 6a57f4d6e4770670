import { existsSync, readFileSync, statSync } from "node:fs";
import Sqlite from "better-sqlite3";
import type { OpenQuickly } from "../../dialect/quick-connection.ts";
import { withoutLog } from "./without-log.ts";

/** A larger file takes too long to read. */
const MAX_BYTES = 256 * 1024 ** 2;

export const openQuickly: OpenQuickly = async (location, timeout) => {
  const { path } = location as { path: string };
  const connection = open(path, timeout);
  connection.pragma("query_only = on");
  return {
    query: async <Row>(sql: string, values: readonly string[]) =>
      connection.prepare<unknown[], Row>(sql).all(...values),
    hasTable: async (name) => connection.prepare("select 1 from sqlite_master where name = ?").get(name) !== undefined,
    close: async () => {
      connection.close();
    },
  };
};

/**
 * SQLite creates two files beside a database in WAL mode even to read it, and they would belong to whoever pressed the
 * Tab key. Where no other program has the database open, its content is read instead.
 */
function open(path: string, timeout: number): Sqlite.Database {
  if (existsSync(`${path}-wal`) || statSync(path).size > MAX_BYTES) {
    return new Sqlite(path, { readonly: true, fileMustExist: true, timeout });
  }
  return new Sqlite(withoutLog(readFileSync(path)), { readonly: true });
}
