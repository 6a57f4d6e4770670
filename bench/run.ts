/**
 * npm run bench                the three sizes on both databases: half an hour or more
 * npm run bench -- --quick     the smallest size, few runs: under two minutes
 * npm run bench -- --sizes 1,10 --databases sqlite --runs 5
 *
 * Each measurement alternates between the program and bare SQL that does the same work, each time in a separate
 * process, and reports the medians. There is no pass or fail: read the ratios.
 */
import { mkdir, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type BenchDatabase, makePostgres, makeSqlite } from "./bench-database.ts";
import { writeCsv } from "./csv-file.ts";
import type { DatabaseKind } from "./generated-data.ts";
import { type Measurement, measurements, type Sample } from "./measure.ts";
import { type Server, startPostgres } from "./postgres-server.ts";
import { growthTable, median, type ResultRow, resultTable } from "./result-table.ts";
import { type Size, sizeOf } from "./sizes.ts";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    sizes: { type: "string" },
    databases: { type: "string", default: "sqlite,postgres" },
    runs: { type: "string" },
    only: { type: "string", default: "" },
  },
});

const FOLDER = resolve(".bench");
const sizes = (flags.sizes ?? (flags.quick ? "1" : "1,10,50")).split(",").map(Number).map(sizeOf);
const kinds = flags.databases.split(",") as DatabaseKind[];

await mkdir(FOLDER, { recursive: true });
const server = kinds.includes("postgres") ? await startPostgres() : null;
const rows: ResultRow[] = [];
try {
  for (const size of sizes) {
    const csv = resolve(FOLDER, `communities-${size.communities}.csv`);
    await writeCsv(csv, size);
    for (const kind of kinds) {
      const database = await make(kind, size, server);
      for (const measurement of measurements(database, csv)) {
        if (!measurement.what.includes(flags.only)) continue;
        say(`${kind}, ${size.communities} communities: ${measurement.what}`);
        rows.push(await measure(measurement, database, runsFor(size)));
      }
      await database.remove();
    }
    await rm(csv);
  }
} finally {
  await server?.stop();
}
console.log(resultTable(rows));
console.log(growthTable(rows));

function make(kind: DatabaseKind, size: Size, postgres: Server | null): Promise<BenchDatabase> {
  say(`${kind}, ${size.communities} communities: filling`);
  return kind === "sqlite" ? makeSqlite(FOLDER, size) : makePostgres((postgres as Server).url, size);
}

function runsFor(size: Size): number {
  if (flags.runs !== undefined) return Number(flags.runs);
  if (size.communities > 1_000_000) return 3;
  return flags.quick ? 3 : 7;
}

async function measure(measurement: Measurement, database: BenchDatabase, runs: number): Promise<ResultRow> {
  const program: Sample[] = [];
  const bare: Sample[] = [];
  for (let run = 0; run < runs; run += 1) {
    await measurement.prepare();
    program.push(await measurement.program());
    await measurement.prepare();
    bare.push(await measurement.bare());
  }
  return {
    what: measurement.what,
    kind: database.kind,
    communities: database.size.communities,
    programMs: median(program.map(({ ms }) => ms)),
    bareMs: median(bare.map(({ ms }) => ms)),
    wholeMs: median(program.map(({ wholeMs }) => wholeMs)),
    peakMb: Math.max(...program.map(({ peakMb }) => peakMb ?? 0)),
  };
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
