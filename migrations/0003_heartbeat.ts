import type { Knex } from "knex";

/**
 * When a sync of what changed last found nothing to do. It has one row at most: a row for each time would grow without
 * end, and nobody reads the older ones.
 */
export async function up(knex: Knex): Promise<void> {
  const timestamp = knex.client.driverName === "pg" ? "timestamptz" : "text";
  await knex.raw(`create table obc_sync_heartbeat (
  id integer not null primary key check (id = 1),
  checked_at ${timestamp} not null
)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop table obc_sync_heartbeat");
}
