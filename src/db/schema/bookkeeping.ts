/** The program's own tables. Every database object that it adds to the schema's tables is named obc_sync_*. */
export const BOOKKEEPING = {
  changeLog: "obc_sync_change_log",
  runs: "obc_sync_runs",
  /** Former names of places. */
  oldNames: "obc_sync_old_names",
  migrations: "obc_sync_migrations",
} as const;
