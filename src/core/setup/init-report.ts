/** How far a database is set up. "outdated": by an earlier version. */
export type DatabaseState = "missing" | "empty" | "outdated" | "migrated" | "with geography" | "with communities";

/** A configuration file that was written, and the database that it names. */
export interface InitReport {
  command: "init";
  /** The path of the file. */
  file: string;
  /** What the file has, without a password. */
  values: Readonly<Record<string, string>>;
  /** Whose tables the database has, or will get; null where there is no database yet. */
  schema: string | null;
  state: DatabaseState;
  /** The commands to run next. */
  next: string[];
}

/** The commands that bring a database to where its figures can be synced. @param edition a file of the PSGC; null for the bundled edition */
export function nextCommands(state: DatabaseState, edition: string | null): string[] {
  const geography = edition === null ? "obc-sync import geography" : `obc-sync import geography ${edition}`;
  const communities = "obc-sync import communities FILE --dry-run";
  switch (state) {
    case "missing":
    case "empty":
      return ["obc-sync migrate", geography, communities];
    case "outdated":
      return ["obc-sync migrate"];
    case "migrated":
      return [geography, communities];
    case "with geography":
      return [communities];
    case "with communities":
      return ["obc-sync sync --dry-run", "obc-sync verify"];
  }
}
