import type { CliResult } from "./run-cli.ts";
import { expectSchema } from "./schemas.ts";
import type { Change } from "./unit-changes.ts";

export interface LevelCounts {
  created: number;
  updated: number;
  unchanged: number;
  manual: number;
  archived: number;
}

export interface LeftOutUnit {
  kind: "figure-too-large";
  level: "municipality" | "province";
  code: string;
  name: string;
  parent: string;
  fields: Record<string, number>;
}

export interface SyncDocument {
  dryRun: boolean;
  scope: { kind: string; units: string[] };
  communities: number;
  municipalities: LevelCounts;
  provinces: LevelCounts;
  changes: Array<{
    level: "municipality" | "province";
    code: string;
    name: string;
    parent: string;
    action: "created" | "updated";
    fields: Record<string, { before: string | number | null; after: string | number | null }>;
  }>;
  findings: LeftOutUnit[];
  repaired: Array<{ trigger: string; problem: string }>;
  queries: { read: number; write: number; bookkeeping: number; control: number };
}

/** A change of the history, of an import and of a revert. */
export interface ChangeDocument extends Change {
  name: string;
  parent: string;
  province?: string;
}

export interface RunDocument {
  id: number;
  command: string;
  actor: string;
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  scope: { kind: string; units: string[] };
  file: { name: string; sha256: string } | null;
  reverts: number | null;
  revertedBy: number | null;
  communities: number | null;
  counts: Record<"communities" | "municipalities" | "provinces", Record<"created" | "updated" | "removed", number>>;
}

/** What `history show` prints. */
export interface ShownRun {
  run: RunDocument;
  changes: ChangeDocument[];
  forgotten: boolean;
}

export interface RevertDocument {
  dryRun: boolean;
  reverts: number;
  run: number | null;
  changes: ChangeDocument[];
  overtaken: Array<{ level: string; code: string; name: string; parent: string; reason: string }>;
  sync: { municipalities: LevelCounts; provinces: LevelCounts } | null;
}

/** The counts of an import. */
export interface ImportCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  rejected: number;
}

export interface ErrorDocument {
  error: { code: string; message: string; hint: string };
}

/** The document on stdout of a run with --json. Throws an error with the output if it is not exactly one document,
 * or not as its schema in docs/schemas. */
export function documentOf<Document>({ stdout, stderr }: CliResult): Document {
  let document: Document;
  try {
    document = JSON.parse(stdout) as Document;
  } catch {
    throw new Error(`not one JSON document: ${JSON.stringify({ stdout, stderr })}`);
  }
  expectSchema(document);
  return document;
}
