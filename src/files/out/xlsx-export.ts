import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { ExportLosses, ExportTable } from "../../core/figures/export-table.ts";
import { type Provenance, provenanceLines } from "../../core/figures/provenance.ts";
import { type Draft, unwritable } from "./output-file.ts";
import { contentTypes, ROOT_RELATIONS, STYLES, workbook, workbookRelations } from "./xlsx-parts.ts";
import { aboutSheet, figureSheet } from "./xlsx-sheets.ts";

export interface XlsxOptions {
  /** A row of HXL tags below the header. */
  hxl: boolean;
  /** Made when the rows have been written. */
  provenance: Provenance;
  losses: ExportLosses;
}

/** Fast enough to keep up with the rows; a higher level takes twice the time and saves a tenth. */
const COMPRESSION_LEVEL = 3;

/**
 * Writes a workbook with one sheet for each table and a last one for where they come from, row by row: memory does not grow
 * with the rows.
 *
 * @throws UsageError where the draft cannot be written
 */
export async function xlsxExport(draft: Draft, tables: readonly ExportTable[], options: XlsxOptions): Promise<void> {
  const zip = new ZipFile();
  const titles = [...tables.map(({ title }) => title), "About"];
  const parts: Array<[path: string, text: () => AsyncIterable<string> | Iterable<string>]> = [
    ["[Content_Types].xml", () => [contentTypes(titles.length)]],
    ["_rels/.rels", () => [ROOT_RELATIONS]],
    ["xl/workbook.xml", () => [workbook(titles)]],
    ["xl/_rels/workbook.xml.rels", () => [workbookRelations(titles.length)]],
    ["xl/styles.xml", () => [STYLES]],
    ...tables.map((table, index): (typeof parts)[number] => [sheetPath(index), () => figureSheet(table, options)]),
    [sheetPath(tables.length), () => [aboutSheet(provenanceLines(options.provenance), options.losses)]],
  ];
  const failed = new AbortController();
  for (const [path, text] of parts) {
    zip.addReadStreamLazy(path, { compressionLevel: COMPRESSION_LEVEL }, (give) => {
      const stream = Readable.from(buffers(text()));
      // yazl passes errors of a stream on as those of the archive, which has no other way to end the output.
      stream.on("error", (error) => failed.abort(error));
      give(null, stream);
    });
  }
  zip.on("error", (error) => failed.abort(error));
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(draft.temporary), { signal: failed.signal });
  } catch (error) {
    throw unwritable(draft.path, failed.signal.aborted ? failed.signal.reason : error);
  }
}

function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

async function* buffers(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
