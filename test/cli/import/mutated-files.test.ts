import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { pick, seededRandom } from "../../../fixtures/seeded-random.ts";
import { start } from "../../../src/cli/start.ts";
import { FIELDS } from "../../../src/core/fields.ts";
import { loadBundledGeography } from "../../../src/files/geography/bundled-geography.ts";
import { type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { type GoodFile, goodFiles } from "../../helpers/mutated/good-files.ts";
import { mutatedFile } from "../../helpers/mutated/mutations.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

/** MUTATED_FILES=10000 for a long run; MUTATED_FIRST is the first of them, to see one again. */
const COUNT = Number(process.env.MUTATED_FILES ?? 150);
const FIRST = Number(process.env.MUTATED_FIRST ?? 0);
/** Where to keep the files that fail. */
const KEEP = process.env.MUTATED_KEEP;

const SECONDS = 10;

/** Controls but tab and line breaks, and what changes the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const RAW_CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

interface Run {
  exitCode: number;
  output: string;
  /** Of the processor: a busy machine must not fail the test. */
  seconds: number;
}

/** Runs the command line in this process: starting one takes longer than most of the files. */
async function run(args: readonly string[], { location }: TestDatabase): Promise<Run> {
  const chunks: string[] = [];
  const stream = () =>
    new Writable({
      write(chunk, _, done) {
        chunks.push(String(chunk));
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const before = process.cpuUsage();
  const exitCode = await start(
    args,
    { stdout: stream(), stderr: stream() },
    { OBC_SYNC_DATABASE: location },
    { signal: new AbortController().signal, release: () => {}, releaseCommitted: () => {} },
  );
  const { user, system } = process.cpuUsage(before);
  return { exitCode, output: chunks.join(""), seconds: (user + system) / 1_000_000 };
}

/** What a partial write would change. */
async function contents(database: TestDatabase): Promise<string> {
  const sums = FIELDS.map((field) => `sum(${field})`).join(" || ' ' || ");
  const filled = FIELDS.map((field) => `count(${field})`).join(" || ' ' || ");
  const coverages = ["municipality_coverages", "province_coverages"].map(
    (table) => `select '${table}', count(*), max(${table}.total_obc_communities), min(updated_at) from ${table}`,
  );
  const rows = await Promise.all(
    [
      `select count(*) as n, ${filled} as filled, ${sums} as sums, sum(length(notes)) as notes, max(updated_at) as written from obc_communities`,
      ...coverages,
      "select count(*) as n, sum(length(name)) as names, sum(population) as people from barangays",
      "select count(*) as n, sum(length(name)) as names from municipalities",
      "select count(*) as n, max(id) as newest from obc_sync_runs",
      "select count(*) as n, max(id) as newest from obc_sync_change_log",
    ].map((sql) => database.rows(sql)),
  );
  return JSON.stringify(rows);
}

interface Failure {
  index: number;
  what: string;
  command: string;
  output: string;
}

const databases = [
  useDatabase("sqlite", { stage: "migrated" }),
  useDatabase("postgres", { stage: "migrated" }),
] as const;

it(
  "whatever the file, the program ends with 0, 1 or 3, without a stack trace, all or nothing",
  async () => {
    const folder = temporaryFolder();
    const { geography, list, files } = goodFiles(await loadBundledGeography());
    const [places, good] = [join(folder, "places.csv"), join(folder, "good.csv")];
    writeFileSync(places, geography);
    writeFileSync(good, list);
    for (const database of databases) {
      expect(await run(["import", "geography", places], database)).toMatchObject({ exitCode: 0 });
      expect(await run(["import", "communities", good], database)).toMatchObject({ exitCode: 0 });
    }
    const failures: Failure[] = [];
    const exits: Record<string, number> = {};
    const slowest = { index: -1, seconds: 0 };
    for (let index = FIRST; index < FIRST + COUNT; index += 1) {
      const random = seededRandom(index);
      const file = pick(random, files as [GoodFile, ...GoodFile[]]);
      const path = join(folder, file.name);
      const bytes = mutatedFile(file.name, file.bytes, random);
      writeFileSync(path, bytes);
      const paths: Record<string, string> = { FILE: path, GOOD: good, REJECTS: join(folder, "rejects.csv") };
      const command = pick(random, file.commands as [string[], ...string[][]]);
      const database = databases[index % databases.length] as TestDatabase;
      const before = await contents(database);
      const result = await run(
        command.map((argument) => paths[argument] ?? argument),
        database,
      ).catch((error: Error) => ({ exitCode: -1, output: `thrown: ${error.stack}`, seconds: 0 }));
      const isUnchanged = before === (await contents(database));
      exits[result.exitCode] = (exits[result.exitCode] ?? 0) + 1;
      if (result.seconds > slowest.seconds) Object.assign(slowest, { index, seconds: result.seconds });
      for (const what of problems(result, command, isUnchanged)) {
        failures.push({ index, what, command: `${file.name}: ${command.join(" ")}`, output: excerpt(result.output) });
        if (KEEP !== undefined) keep(KEEP, `${index}-${file.name}`, bytes);
      }
    }
    if (COUNT > 1000 || FIRST > 0) process.stderr.write(`${JSON.stringify({ exits, slowest })}\n`);
    expect(failures).toEqual([]);
    // Most mutations damage a file; some must leave it good, or the test would only test that.
    expect(Object.keys(exits)).toEqual(expect.arrayContaining(COUNT > 100 ? ["0", "1", "3"] : []));
  },
  COUNT * 20_000,
);

function problems({ exitCode, output, seconds }: Run, command: readonly string[], isUnchanged: boolean): string[] {
  const mayWrite = exitCode === 0 || (exitCode === 3 && command.includes("--skip-invalid"));
  const isReadOnly = command.includes("--dry-run") || command.includes("--resolve-only");
  return [
    ...([0, 1, 3].includes(exitCode) ? [] : [`exit code ${exitCode}`]),
    ...(/\n\s+at .*:\d+:\d+|This is a bug|"INTERNAL"/.test(output) ? ["a stack trace"] : []),
    ...(isUnchanged || (mayWrite && !isReadOnly) ? [] : ["a partial write"]),
    ...(RAW_CONTROL.test(output) ? ["a raw control character"] : []),
    ...(seconds < SECONDS ? [] : [`${seconds} s`]),
  ];
}

function excerpt(output: string): string {
  const at = Math.max(0, output.search(RAW_CONTROL) - 100);
  return JSON.stringify(output.slice(at, at + 600));
}

function keep(folder: string, name: string, bytes: Buffer): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), bytes);
}
