import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BareResult } from "./bare-child.ts";
import { bareSync, bareVerify } from "./bare-sql.ts";
import { type BenchDatabase, PROGRAM } from "./bench-database.ts";
import { runNode, runShell } from "./child-process.ts";
import { importScript } from "./shell-import.ts";

/** One side of one measurement. */
export interface Sample {
  /** What is compared: inside the program for a sync, the whole process for an import. */
  ms: number;
  wholeMs: number;
  peakMb: number | null;
}

export interface Measurement {
  what: string;
  /** Puts the database in the state that either side starts from. */
  prepare: () => Promise<void>;
  program: () => Promise<Sample>;
  bare: () => Promise<Sample>;
}

const EMPTY_COVERAGES = ["delete from province_coverages", "delete from municipality_coverages"];

/** Everything that is measured on one database, in an order in which each finds what it needs. */
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
      what: "verify",
      prepare: nothing,
      program: () => program(database, ["verify"]),
      bare: () => bare(database, bareVerify(kind)),
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

/** What the server would do by itself before long: it must not happen in the middle of a measurement. */
function tidy({ kind }: BenchDatabase): string[] {
  return kind === "postgres" ? ["vacuum analyze", "checkpoint"] : [];
}

/** The built program as a user runs it; the time inside is what its own report says. */
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
