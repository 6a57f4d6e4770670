import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { FIELDS } from "../../../src/core/fields.ts";
import { type TestDatabase, useDatabase } from "../../helpers/databases.ts";
import { documentOf } from "../../helpers/documents.ts";
import { makeXlsx } from "../../helpers/make-xlsx.ts";
import { fixture } from "../../helpers/project.ts";
import { temporaryFolder } from "../../helpers/temporary-folder.ts";

/** A good list by code and one by names, as cells. */
const byCode = Papa.parse<string[]>(readFileSync(fixture("communities.csv"), "utf8"), { preview: 12 }).data;
const byName = [
  ["Region", "Province", "City/Municipality", "Brgy.", "HH", "OBC Population", "Remarks"],
  ["X", "Bukidnon", "Baungon", "Balintad", "12", "1,234", "Peña"],
  ["X", "Bukidnon", "Baungon", "Buenavista", "7", "", "say hi"],
  ["X", "Lanao del Norte", "Iligan City", "Sta. Elena", "30", "90", ""],
  ["IX", "Zamboanga del Sur", "Zamboanga City", "Sta. Maria", "1", "2", "_x0009_"],
];

const ODD_CELLS = [
  "",
  '"',
  "'",
  "\u0000",
  "_x0000_",
  "\ud800",
  "=1+1",
  "#REF!",
  "1e309",
  "-0",
  "0x10",
  "٣",
  "1001301001",
  "9".repeat(400),
  "x".repeat(40_000),
  "ñ".repeat(600_000),
];

type Cells = string[][];

/** What people and programs do to the cells of a list. */
const cellChange: fc.Arbitrary<(rows: Cells) => Cells> = fc.oneof(
  fc
    .tuple(fc.nat(20), fc.nat(20), fc.oneof(fc.constantFrom(...ODD_CELLS), fc.string({ maxLength: 12 })))
    .map(([row, column, cell]) => (rows: Cells) => {
      const at = row % rows.length;
      return rows.map((cells, index) => (index === at ? cells.with(column % cells.length, cell) : cells));
    }),
  fc.tuple(fc.nat(20), fc.nat(20)).map(
    ([left, right]) =>
      (rows: Cells) =>
        swapColumns(rows, left, right),
  ),
  fc.nat(20).map((row) => (rows: Cells) => [...rows, rows[row % rows.length] as string[]]),
  fc
    .nat(20)
    .map((row) => (rows: Cells) => rows.map((cells, at) => (at === row % rows.length ? cells.slice(1) : cells))),
  fc.nat(20).map((row) => (rows: Cells) => rows.filter((_, at) => at !== row)),
);

function swapColumns(rows: Cells, left: number, right: number): Cells {
  return rows.map((cells) => {
    const [one, other] = [left % cells.length, right % cells.length];
    return cells.with(one, cells[other] as string).with(other, cells[one] as string);
  });
}

const FORMATS: Record<string, (rows: Cells) => Uint8Array> = {
  "list.csv": (rows) => Buffer.from(delimited(rows, ",")),
  "list.tsv": (rows) => Buffer.from(rows.map((cells) => cells.join("\t")).join("\n")),
  "list.txt": (rows) => Buffer.from(`\ufeff${delimited(rows, ";")}`, "utf16le"),
  "list.csv.gz": (rows) => gzipSync(delimited(rows, ",")),
  "list.ndjson": (rows) => Buffer.from(jsonLines(rows)),
  "list.jsonl.gz": (rows) => gzipSync(jsonLines(rows)),
  "list.xlsx": (rows) => makeXlsx([{ name: "List", rows, merges: ["A2:A3", "B2:B3"] }]),
};

function delimited(rows: Cells, delimiter: string): string {
  return rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join("\n");
}

function jsonLines([header = [], ...rows]: Cells): string {
  return rows
    .map((cells) => JSON.stringify(Object.fromEntries(cells.map((cell, at) => [header[at] ?? `c${at}`, cell]))))
    .join("\n");
}

/** What happens to a file in transit. */
const byteChange: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => (bytes: Buffer) => {
    if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] as number) ^ mask;
    return bytes;
  }),
  fc.nat().map((length) => (bytes: Buffer) => bytes.subarray(0, length % (bytes.length + 1))),
  fc
    .tuple(fc.nat(), fc.nat(40), fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.constantFrom(...inserted())))
    .map(([at, remove, insert]) => (bytes: Buffer) => {
      const start = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
    }),
);

function inserted(): Buffer[] {
  return ['"', "\u0000", "\n", "\r", ",,,", '","', "{", "x".repeat(70_000)].map((text) => Buffer.from(text));
}

const FLAGS = [
  [],
  ["--no-sync"],
  ["--dry-run"],
  ["--blank", "clear"],
  ["--ignore-unknown"],
  ["--accept-fuzzy", "--ignore-unknown"],
  ["--max-errors", "1"],
  ["--on-conflict", "skip", "--no-sync"],
];

const imports = fc
  .record({
    rows: fc.constantFrom(byCode, byName),
    cellChanges: fc.array(cellChange, { maxLength: 3 }),
    name: fc.constantFrom(...Object.keys(FORMATS)),
    byteChanges: fc.oneof(fc.constant<Array<(bytes: Buffer) => Buffer>>([]), fc.array(byteChange, { maxLength: 4 })),
    flags: fc.constantFrom(...FLAGS),
  })
  .map(({ rows, cellChanges, name, byteChanges, flags }) => {
    const cells = cellChanges.reduce((changed, change) => (changed.length > 0 ? change(changed) : changed), rows);
    const file = Buffer.from((FORMATS[name] as (rows: Cells) => Uint8Array)(cells));
    const bytes = byteChanges.reduce<Buffer>((changed, change) => change(changed), file);
    // A file of a million characters is no help in a message; the seed reproduces it.
    const shown = `${name}, ${bytes.length} bytes, ${flags.join(" ")}`;
    return { name, flags, bytes, [fc.toStringMethod]: () => shown };
  });

/** As many files as the time allows: more with FUZZ_SECONDS=300. */
const MILLISECONDS = 1000 * Number(process.env.FUZZ_SECONDS ?? 14);
const RUNS = 100_000;

const databases = [useDatabase("sqlite"), useDatabase("postgres")];

/** Counts and sums of communities and coverages, which a partial write would change. */
async function totals(database: TestDatabase): Promise<Array<Record<string, unknown>>> {
  const sums = FIELDS.map((field) => `sum(${field}) as ${field}`).join(", ");
  const tables = ["obc_communities", "municipality_coverages", "province_coverages"];
  const rows = await Promise.all(
    tables.map((table) => database.rows(`select count(*) as n, max(updated_at) as written, ${sums} from ${table}`)),
  );
  return rows.flat();
}

async function outcome(database: TestDatabase, path: string, flags: readonly string[]) {
  const before = await totals(database);
  const result = await database.obcSync(["import", "communities", path, "--json", ...flags]);
  const after = await totals(database);
  expect([0, 1, 3]).toContain(result.exitCode);
  expect(result.stdout + result.stderr).not.toMatch(/\n\s+at .*:\d+:\d+|This is a bug/);
  const { created = 0 } = documentOf<{ created?: number }>(result);
  if (result.exitCode !== 0 || flags.includes("--dry-run")) expect(after).toEqual(before);
  else expect(Number(after[0]?.n)).toBe(Number(before[0]?.n) + created);
  return { exitCode: result.exitCode, created };
}

it("lists without mutations are imported", async () => {
  const folder = temporaryFolder();
  for (const [rows, name] of [
    [byCode, "list.csv"],
    [byName, "list.xlsx"],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, (FORMATS[name] as (rows: Cells) => Uint8Array)(rows));
    const ended = await Promise.all(databases.map((database) => outcome(database, path, [])));
    expect(ended).toEqual(databases.map(() => ({ exitCode: 0, created: rows.length - 1 })));
  }
});

it("for any file, both databases exit alike with 0, 1 or 3, without a stack trace, all or nothing", async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(imports, async ({ name, flags, bytes }) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      // If one fails, the other must finish before the next file.
      const ended = await Promise.allSettled(databases.map((database) => outcome(database, path, flags)));
      for (const one of ended) if (one.status === "rejected") throw one.reason;
      const [onSqlite, onPostgres] = ended.map((one) => (one.status === "fulfilled" ? one.value : null));
      expect(onSqlite).toEqual(onPostgres);
    }),
    // Shrinking would take as long again, and its time limit would hide the failure.
    { numRuns: RUNS, interruptAfterTimeLimit: MILLISECONDS, endOnFailure: true },
  );
}, 240_000);
