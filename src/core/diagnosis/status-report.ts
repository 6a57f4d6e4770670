import type { BrokenTrigger } from "../sync/broken-trigger.ts";
import type { Level } from "../sync/level.ts";

/** The state of a database and of its upkeep, as `status` shows it. All times are ISO 8601 in UTC. */
export interface StatusReport extends StatusFacts {
  command: "status";
  /** The version of the program. */
  version: string;
  /** What is not as it should be, the cause of the others first; none in a healthy database. */
  problems: StatusProblem[];
  /** What to do next: a command, or a sentence where no command helps; null if there is nothing to do. */
  next: string | null;
  /** The file of metrics that --prometheus has written; null without it. */
  metricsFile: string | null;
  durationMs: number;
}

/** What a status is judged by. */
export interface StatusFacts {
  checkedAt: string;
  /** The database, without a password. */
  database: string;
  /** Why the status could not be read; everything below is then null. */
  error: StatusError | null;
  /** Whose tables the database has: "native" for those of the program. */
  schema: string | null;
  migrations: { applied: string[]; pending: string[] } | null;
  /** Null where the tables are missing, or are those of an older version. */
  contents: StatusContents | null;
  /** The age of the last check, in hours, that counts as too old; null for none. */
  maxAgeHours: number | null;
}

export interface StatusError {
  code: string;
  message: string;
  hint: string;
}

export interface StatusContents {
  /** Null where obc-sync has not been set up on the tables of another application: there are none yet. */
  triggers: { expected: number; broken: BrokenTrigger[] } | null;
  /** The edition of the PSGC, or the file that it was imported from; null if no run of this program has imported one. */
  edition: string | null;
  barangays: number;
  communities: { active: number; archived: number };
  /** An archived coverage counts as archived, whether it is manual or not. */
  coverages: Record<Level, { automatic: number; manual: number; archived: number }>;
  /** The entries of the change log. */
  waiting: { entries: number; oldest: string | null };
  /** The newest run that synced coverages. */
  lastSync: { run: number; command: string; actor: string; finishedAt: string } | null;
  /** When a sync of what changed last found nothing to do. */
  heartbeat: string | null;
  /** The coverages that differ from their communities, and those that a sync leaves out; null unless it was asked for. */
  drift: { checked: number; differing: number; leftOut: number } | null;
}

/** What can be wrong with a database, the causes of others first. Scripts and metrics refer to these names. */
export const STATUS_PROBLEMS = [
  "unreadable",
  "not-migrated",
  "broken-triggers",
  "no-geography",
  "drift",
  "check-too-old",
  "changes-too-old",
] as const;

export interface StatusProblem {
  kind: (typeof STATUS_PROBLEMS)[number];
  /** One sentence. */
  message: string;
  /** The command that helps, or a sentence where none does. */
  remedy: string;
}

/** When coverages were last found, or made, to be as the change log says. */
export function lastCheckOf({ lastSync, heartbeat }: StatusContents): string | null {
  const times = [lastSync?.finishedAt, heartbeat].filter((time) => typeof time === "string");
  return times.sort().at(-1) ?? null;
}

/** @returns the age of a time in seconds, at least 0: the clock of the server may be ahead */
export function ageSeconds(time: string, { checkedAt }: Pick<StatusFacts, "checkedAt">): number {
  return Math.max(0, Math.round((Date.parse(checkedAt) - Date.parse(time)) / 1000));
}
