import type { Knex } from "knex";
import { postgresTriggers } from "../src/db/postgres-triggers.ts";
import { sqliteTriggers } from "../src/db/sqlite-triggers.ts";

/**
 * Change capture: triggers append an entry whenever something that a coverage depends on changes, whoever wrote it.
 * Entries are only ever appended and removed, never updated or merged, so that a change that is committed while a
 * sync runs is not lost.
 */
export async function up(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === "pg";
  await knex.schema.createTable("change_log", (table) => {
    // On SQLite a plain rowid: AUTOINCREMENT would cost every trigger a second write.
    if (isPostgres) table.bigIncrements("id");
    else table.integer("id").primary();
    // Seconds since 1970: text of a date would cost SQLite's triggers as much again as the entry itself.
    table
      .integer("changed_at")
      .notNullable()
      .defaultTo(knex.raw(isPostgres ? "extract(epoch from now())::integer" : "(unixepoch())"));
    // One of the three says where. No foreign keys: an entry may outlive the place that it names.
    table.integer("barangay_id");
    table.integer("municipality_id");
    table.integer("province_id");
    // Ids are not in the order of commits on PostgreSQL; which entries a snapshot sees is told by their transaction.
    if (isPostgres)
      table.specificType("transaction_id", "xid8").notNullable().defaultTo(knex.raw("pg_current_xact_id()"));
  });
  for (const coverages of ["municipality_coverages", "province_coverages"]) {
    await knex.schema.alterTable(coverages, (table) => {
      // Sync raises it by one with each write; a write that does not is somebody else's.
      table.integer("sync_revision").notNullable().defaultTo(0);
    });
  }
  await knex.schema.alterTable("sync_runs", (table) => {
    table.text("log_watermark");
  });
  for (const statement of (isPostgres ? postgresTriggers : sqliteTriggers).create) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === "pg";
  for (const statement of (isPostgres ? postgresTriggers : sqliteTriggers).drop) await knex.raw(statement);
  await knex.schema.alterTable("sync_runs", (table) => table.dropColumn("log_watermark"));
  for (const coverages of ["municipality_coverages", "province_coverages"]) {
    await knex.schema.alterTable(coverages, (table) => table.dropColumn("sync_revision"));
  }
  await knex.schema.dropTable("change_log");
}
