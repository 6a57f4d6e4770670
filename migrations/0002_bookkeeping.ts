import type { Knex } from "knex";

/** The program's own tables: the runs, the change log, and the names and codes of places. */
export async function up(knex: Knex): Promise<void> {
  for (const statement of knex.client.driverName === "pg" ? POSTGRES : SQLITE) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ["obc_sync_runs", "obc_sync_change_log", "obc_sync_old_names", "obc_sync_places"]) {
    await knex.raw(`drop table ${table}`);
  }
}

const OLD_NAMES = `create table obc_sync_old_names (
  code text not null,
  name text not null,
  primary key (code, name)
)`;

// The PSGC codes of places whose own codes are others. No foreign keys: the places may belong to another application.
const PLACES = `create table obc_sync_places (
  level text not null,
  unit_id bigint not null,
  psgc_code text not null,
  primary key (level, unit_id),
  unique (level, psgc_code)
)`;

const SQLITE = [
  // scope_units: PSGC codes as a JSON array; empty for the whole country. covered_through and covered_entries: the change
  // log entries that the run covers, up to an id and as a JSON array of ids. A trigger deletes them and clears both.
  `create table obc_sync_runs (
  id integer not null primary key autoincrement,
  command text not null,
  scope_kind text not null,
  scope_units text not null,
  communities integer not null,
  municipalities_created integer not null,
  municipalities_updated integer not null,
  provinces_created integer not null,
  provinces_updated integer not null,
  duration_ms float not null,
  finished_at datetime not null,
  covered_through integer,
  covered_entries text
)`,
  // A plain rowid: AUTOINCREMENT would cost every trigger a second write. changed_at is in seconds since 1970: the text
  // of a date would cost the triggers as much again as the entry itself. No foreign keys: an entry may outlive the place
  // that it names.
  `create table obc_sync_change_log (
  id integer primary key,
  changed_at integer not null default (unixepoch()),
  barangay_id integer,
  municipality_id integer,
  province_id integer
)`,
  OLD_NAMES,
  PLACES,
];

const POSTGRES = [
  // The program numbers the runs without gaps, so that two transactions that do not see each other conflict.
  `create table obc_sync_runs (
  id integer primary key,
  command text not null,
  scope_kind text not null,
  scope_units text not null,
  communities integer not null,
  municipalities_created integer not null,
  municipalities_updated integer not null,
  provinces_created integer not null,
  provinces_updated integer not null,
  duration_ms double precision not null,
  finished_at timestamptz not null
)`,
  // Ids are not assigned in the order of commits. Whether a snapshot sees an entry is decided by its transaction.
  `create table obc_sync_change_log (
  id bigserial primary key,
  changed_at integer not null default extract(epoch from now())::integer,
  barangay_id bigint,
  municipality_id bigint,
  province_id bigint,
  transaction_id xid8 not null default pg_current_xact_id()
)`,
  OLD_NAMES,
  PLACES,
];
