import type { Knex } from "knex";

/** The program's own tables: the runs and what each changed, the change log, and the names and codes of places. */
export async function up(knex: Knex): Promise<void> {
  for (const statement of knex.client.driverName === "pg" ? POSTGRES : SQLITE) await knex.raw(statement);
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    "obc_sync_run_values",
    "obc_sync_runs",
    "obc_sync_change_log",
    "obc_sync_old_names",
    "obc_sync_places",
  ]) {
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

// communities: those in the scope of the run's sync; null without a sync. counts: JSON, by level and action. file_sha256:
// of the file that was imported. reverts: the id of the run that this one takes back. scope_units: PSGC codes as a JSON
// array; empty for the whole country.
const RUN_COLUMNS = (timestamp: string, double: string) => `
  command text not null,
  actor text not null,
  started_at ${timestamp} not null,
  finished_at ${timestamp} not null,
  duration_ms ${double} not null,
  scope_kind text not null,
  scope_units text not null,
  communities integer,
  counts text not null,
  file_name text,
  file_sha256 text,
  reverts integer`;

// What each run changed: a row for each community or coverage. level: community, municipality or province. unit_id: the id
// of the barangay, municipality or province; code: its code at that time. changes: a JSON array of a column's position, its
// value before and its value after, for one column after the other; only one value where the unit was created or removed.
// synced: 1 where only the sync of the run changed the unit. removed_row: the whole row, where it was removed.
const RUN_VALUES = (options: string) => `create table obc_sync_run_values (
  run_id integer not null,
  level text not null,
  unit_id bigint not null,
  code text not null,
  action text not null,
  changes text not null,
  synced integer not null default 0,
  removed_row text,
  primary key (run_id, level, unit_id)
)${options}`;

const REVERTS_INDEX = "create index obc_sync_runs_reverts on obc_sync_runs (reverts) where reverts is not null";

const SQLITE = [
  // covered_through and covered_entries: the change log entries that the run covers, up to an id and as a JSON array of
  // ids. A trigger deletes them and clears both.
  `create table obc_sync_runs (
  id integer not null primary key,${RUN_COLUMNS("text", "real")},
  covered_through integer,
  covered_entries text
)`,
  RUN_VALUES(" without rowid"),
  REVERTS_INDEX,
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
  id integer primary key,${RUN_COLUMNS("timestamptz", "double precision")}
)`,
  RUN_VALUES(""),
  REVERTS_INDEX,
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
