import type { ScopeSummary } from "../sync/scope.ts";
import type { UnitLevel } from "../sync/unit-change.ts";

/** The file that a run read. */
export interface RunFile {
  /** As the user gave it; "standard input". */
  name: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: string;
}

export type ActionCounts = Record<"created" | "updated" | "removed", number>;

/** The communities and coverages that a run changed, and the places if it imported a geography. */
export type RunCounts = Record<"communities" | "municipalities" | "provinces", ActionCounts> & {
  places?: ActionCounts;
};

/** A recorded run of an operation that writes. */
export interface RecordedRun {
  id: number;
  command: string;
  /** Who ran it: as given, or user@host. */
  actor: string;
  /** ISO 8601 in UTC. */
  startedAt: string;
  /** ISO 8601 in UTC. */
  finishedAt: string;
  durationMs: number;
  scope: ScopeSummary;
  file: RunFile | null;
  /** The run that this one takes back. */
  reverts: number | null;
  /** The newest run that takes this one back. */
  revertedBy: number | null;
  /** Communities in the scope of its sync; null where it synced nothing. */
  communities: number | null;
  counts: RunCounts;
}

const PLURALS = { community: "communities", municipality: "municipalities", province: "provinces" } as const;

export function noCounts(): RunCounts {
  const none = (): ActionCounts => ({ created: 0, updated: 0, removed: 0 });
  return { communities: none(), municipalities: none(), provinces: none() };
}

/** Whether a run changed a community or a coverage. */
export function hasCounts(counts: RunCounts): boolean {
  return countUnits(counts) > 0;
}

/** How many communities and coverages a run changed. */
export function countUnits({ communities, municipalities, provinces }: RunCounts): number {
  return [communities, municipalities, provinces].reduce(
    (sum, { created, updated, removed }) => sum + created + updated + removed,
    0,
  );
}

/** Adds changes to the counts of a run. */
export function countChange(counts: RunCounts, level: UnitLevel, action: keyof ActionCounts, by = 1): void {
  counts[PLURALS[level]][action] += by;
}
