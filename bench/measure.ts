import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nativeSchema } from "../src/db/schema/native.ts";
import { triggers } from "../src/db/sqlite/triggers.ts";
import type { BareResult } from "./bare-child.ts";
import { bareSync, bareVerify } from "./bare-sql.ts";
import { type BenchDatabase, PROGRAM } from "./bench-database.ts";
import { runNode, runShell } from "./child-process.ts";
import { importScript } from "./shell-import.ts";

/** One side of one measurement. */
export interface Sample {
  /** The time to compare: inside the program for a sync, of the whole process for an import. */
  ms: number;
  wholeMs: number;
  peakMb: number | null;
}

export interface Measurement {
  what: string;
  /** Puts the database into the state from which both sides start. */
  prepare: () => Promise<void>;
  program: () => Promise<Sample>;
  bare: () => Promise<Sample>;
}

const EMPTY_COVERAGES = ["delete from province_coverages", "delete from municipality_coverages"];

/** All measurements on one database, ordered so that each finds the state that it needs. */
export function measurements(database: BenchDatabase, csv: string): Measurement[] {
  const { kind, size } = database;
  const nothing = async () => {};
  const every = Math.floor(size.communities / 100);
  return [
    {
      what: "first sync",
      prepare: () => database.run([...EMPTY_COVERAGES, ...tidy(database)]),
      program: () => program(database, ["sync"]),
      bare: () => bare(database, bareSync(kind)),
    },
    {
      what: "unchanged sync",
      prepare: nothing,
      program: () => program(database, ["sync"]),
      bare: () => bare(database, bareSync(kind)),
    },
    {
      what: "100 changes, full sync",
      prepare: () =>
        database.run([
          `update obc_communities set households = coalesce(households, 0) + 1 where barangay_id % ${every} = 0`,
        ]),
      program: () => program(database, ["sync"]),
      bare: () => bare(database, bareSync(kind)),
    },
    {
      what: "100 changes, sync --changed",
      prepare: () =>
        database.run([
          ...forgetLog(database),
          `update obc_communities set households = coalesce(households, 0) + 1 where barangay_id % ${every} = 0`,
        ]),
      program: () => program(database, ["sync", "--changed"]),
      bare: () => bare(database, bareSync(kind)),
    },
    {
      what: "verify",
      prepare: nothing,
      program: () => program(database, ["verify"]),
      bare: () => bare(database, bareVerify(kind)),
    },
    {
      what: "bulk update, with triggers / without",
      prepare: () => database.run([...forgetLog(database), ...tidy(database)]),
      program: () => bare(database, [BULK_UPDATE]),
      bare: () => withoutTriggers(database, () => bare(database, [BULK_UPDATE])),
    },
    {
      what: "2,000 one-row updates, with triggers / without",
      prepare: () => database.run([...forgetLog(database), ...tidy(database)]),
      program: () => bare(database, oneRowUpdates(size.communities, 2_000)),
      bare: () => withoutTriggers(database, () => bare(database, oneRowUpdates(size.communities, 2_000))),
    },
    {
      what: "200 single records, library / plain updates",
      prepare: () => database.run(forgetLog(database)),
      program: () => records(database),
      bare: () => withoutTriggers(database, () => bare(database, oneRowUpdates(size.communities, RECORDS))),
    },
    {
      what: "import with sync",
      prepare: database.withoutCommunities,
      program: async () => {
        const sample = await program(database, ["import", "communities", csv]);
        return { ...sample, ms: sample.wholeMs };
      },
      bare: () => shellImport(database, csv),
    },
  ];
}

/** The same number as in bench/records-child.ts. */
const RECORDS = 200;

const BULK_UPDATE = "update obc_communities set households = coalesce(households, 0) + 1";

function oneRowUpdates(communities: number, count: number): string[] {
  const step = Math.floor(communities / count);
  return Array.from(
    { length: count },
    (_, index) => `update obc_communities set households = ${index} where barangay_id = ${(index + 1) * step}`,
  );
}

/** Empties the change log, so that it holds only the entries of the measurement. */
function forgetLog({ kind }: BenchDatabase): string[] {
  return [kind === "postgres" ? "truncate obc_sync_change_log" : "delete from obc_sync_change_log"];
}

/** Runs `work` on the same tables without change capture, then restores the triggers. */
async function withoutTriggers(database: BenchDatabase, work: () => Promise<Sample>): Promise<Sample> {
  const sqliteTriggers = triggers(nativeSchema).filter(({ name }) => name !== "obc_sync_runs_clear");
  const sqlite = sqliteTriggers.flatMap(({ drop }) => drop);
  const postgres = ["alter table obc_communities disable trigger user"];
  await database.run(database.kind === "sqlite" ? sqlite : postgres);
  try {
    return await work();
  } finally {
    const restored = ["alter table obc_communities enable trigger user"];
    await database.run(database.kind === "sqlite" ? sqliteTriggers.flatMap(({ create }) => create) : restored);
  }
}

/** Changes single communities, each with its sync in a separate transaction. */
async function records(database: BenchDatabase): Promise<Sample> {
  const result = await runNode(["--import", "tsx", "bench/records-child.ts", database.location]);
  const { insideMs } = JSON.parse(result.stdout) as { insideMs: number };
  return { ms: insideMs, wholeMs: result.wholeMs, peakMb: result.peakMb };
}

/** Maintenance that the server might otherwise start during a measurement. */
function tidy({ kind }: BenchDatabase): string[] {
  return kind === "postgres" ? ["vacuum analyze", "checkpoint"] : [];
}

/** Runs the built program as a user does; the time inside the program is from its report. */
async function program(database: BenchDatabase, args: string[]): Promise<Sample> {
  const { stdout, wholeMs, peakMb } = await runNode([PROGRAM, ...args, "--json", "--database", database.location]);
  const ms = Number(/"durationMs": ([\d.]+)\n\}/.exec(stdout)?.[1]);
  return { ms, wholeMs, peakMb };
}

async function bare(database: BenchDatabase, statements: string[]): Promise<Sample> {
  const folder = await mkdtemp(join(tmpdir(), "obc-sync-bench-"));
  try {
    const file = join(folder, "statements.json");
    await writeFile(file, JSON.stringify(statements));
    const result = await runNode(["--import", "tsx", "bench/bare-child.ts", database.location, file]);
    const { insideMs }: BareResult = JSON.parse(result.stdout);
    return { ms: insideMs, wholeMs: result.wholeMs, peakMb: result.peakMb };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function shellImport(database: BenchDatabase, csv: string): Promise<Sample> {
  const [command, args] =
    database.kind === "sqlite"
      ? ["sqlite3", ["-bail", database.location]]
      : ["psql", ["-q", "-X", "-v", "ON_ERROR_STOP=1", database.location]];
  const script = importScript(database.kind, csv);
  const { wholeMs } = await runShell(command as string, args as string[], script);
  return { ms: wholeMs, wholeMs, peakMb: null };
}
