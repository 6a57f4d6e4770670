/** The program's own tables beside those of the schema; every object of ours is named obc_sync_*. */
export const BOOKKEEPING = {
  changeLog: "obc_sync_change_log",
  runs: "obc_sync_runs",
  /** Names that places had before. */
  oldNames: "obc_sync_old_names",
  migrations: "obc_sync_migrations",
} as const;
