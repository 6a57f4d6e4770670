export interface MigrateReport {
  command: "migrate";
  database: string;
  /** True for `migrate --status`, which changes nothing. */
  statusOnly: boolean;
  applied: string[];
  pending: string[];
}
