import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import BetterSqlite3 from "better-sqlite3";
import { communitySelect, hierarchyStatements } from "./generated-data.ts";
import { CSV_COLUMNS } from "./shell-import.ts";
import type { Size } from "./sizes.ts";

const LINES_AT_ONCE = 1_000;

/** The generated communities of one size, in the columns of the file. */
export function* generatedRows(size: Size): Generator<unknown[]> {
  const database = new BetterSqlite3("");
  for (const table of [
    "regions (id integer primary key, code, name)",
    "provinces (id integer primary key, region_id, code, name, kind)",
    "municipalities (id integer primary key, province_id, code, name, kind)",
    "barangays (id integer primary key, municipality_id, code, name, population)",
  ]) {
    database.exec(`create table ${table}`);
  }
  for (const sql of hierarchyStatements("sqlite", size)) database.exec(sql);
  const select = communitySelect("sqlite", size, "(select code from barangays where id = i + 1)");
  yield* database.prepare(select).raw().iterate() as IterableIterator<unknown[]>;
  database.close();
}

/** Writes the generated communities of one size to a CSV file, for measuring the import. */
export async function writeCsv(path: string, size: Size): Promise<void> {
  await pipeline(Readable.from(lines(generatedRows(size))), createWriteStream(path));
}

function* lines(rows: Iterable<unknown[]>): Generator<string> {
  let batch = [CSV_COLUMNS.join(",")];
  for (const row of rows) {
    // The generated strings have no commas and no quotation marks.
    batch.push(row.map((cell) => cell ?? "").join(","));
    if (batch.length >= LINES_AT_ONCE) {
      yield `${batch.join("\n")}\n`;
      batch = [];
    }
  }
  if (batch.length > 0) yield `${batch.join("\n")}\n`;
}
