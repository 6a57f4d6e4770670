import { type ExportTable, recordOf } from "../../core/figures/export-table.ts";
import type { Provenance } from "../../core/figures/provenance.ts";
import { visibleJson } from "../../core/invisible-characters.ts";
import { inChunks } from "./in-chunks.ts";

/** One JSON object on each line. */
export function ndjsonExport({ columns, rows }: ExportTable): AsyncGenerator<string> {
  return inChunks(
    (async function* () {
      for await (const row of rows) yield `${visibleJson(JSON.stringify(recordOf(columns, row)))}\n`;
    })(),
  );
}

/** One JSON document with a row on each line: { formatVersion, provenance, columns, rows }. */
export function jsonExport(table: ExportTable, head: { formatVersion: number; provenance: Provenance }) {
  const columns = table.columns.map(({ name }) => name);
  return inChunks(document({ ...head, columns }, "rows", rowsOf(table)));
}

async function* rowsOf({ columns, rows }: ExportTable): AsyncGenerator<unknown> {
  for await (const row of rows) yield recordOf(columns, row);
}

/** A JSON object with a list as its last member, whose items are on lines of their own. */
export async function* document(head: object, listName: string, items: AsyncIterable<unknown>): AsyncGenerator<string> {
  const start = JSON.stringify(head, null, 2).slice(0, -2);
  yield visibleJson(`${start},\n  ${JSON.stringify(listName)}: [`);
  let separator = "\n    ";
  for await (const item of items) {
    yield separator + visibleJson(JSON.stringify(item));
    separator = ",\n    ";
  }
  yield "\n  ]\n}\n";
}
