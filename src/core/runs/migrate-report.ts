export interface MigrateReport {
  command: "migrate";
  database: string;
  /** Whether the database was only asked. */
  statusOnly: boolean;
  applied: string[];
  pending: string[];
}
