/** Knex exports its clients without types. */
declare module "knex/lib/dialects/better-sqlite3/index.js" {
  import type BetterSqlite3 from "better-sqlite3";
  import { knex } from "knex";

  export default class BetterSqlite3Client extends knex.Client {
    driver: typeof BetterSqlite3;
    connectionSettings: { filename: string };
    acquireRawConnection(): Promise<BetterSqlite3.Database>;
  }
}
