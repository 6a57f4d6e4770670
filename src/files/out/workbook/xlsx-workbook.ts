import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { type Draft, unwritable } from "../output-file.ts";
import { contentTypes, ROOT_RELATIONS, STYLES, workbook, workbookRelations } from "./xlsx-parts.ts";

export interface WorkbookSheet {
  /** At most 31 characters. */
  title: string;
  /** The sheet as XML, in pieces. It is asked for when the sheets before are written. */
  xml: AsyncIterable<string>;
}

/** Fast enough to keep up with the rows. */
const COMPRESSION_LEVEL = 3;

/**
 * Writes a workbook piece by piece: memory does not grow with the rows.
 *
 * @throws UsageError where the draft cannot be written
 */
export async function writeWorkbook(draft: Draft, sheets: readonly WorkbookSheet[]): Promise<void> {
  const titles = sheets.map(({ title }) => title);
  const zip = new ZipFile();
  const failed = new AbortController();
  const fail = (error: unknown) => failed.abort(error);
  const add = (path: string, xml: AsyncIterable<string> | Iterable<string>) =>
    zip.addReadStreamLazy(path, { compressionLevel: COMPRESSION_LEVEL }, (give) => {
      // Without a handler, an error of the rows would leave the archive waiting for them.
      give(null, Readable.from(buffers(xml)).on("error", fail));
    });
  add("[Content_Types].xml", [contentTypes(titles.length)]);
  add("_rels/.rels", [ROOT_RELATIONS]);
  add("xl/workbook.xml", [workbook(titles)]);
  add("xl/_rels/workbook.xml.rels", [workbookRelations(titles.length)]);
  add("xl/styles.xml", [STYLES]);
  for (const [index, { xml }] of sheets.entries()) add(`xl/worksheets/sheet${index + 1}.xml`, xml);
  zip.on("error", fail);
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(draft.temporary), { signal: failed.signal });
  } catch (error) {
    throw unwritable(draft.path, failed.signal.aborted ? failed.signal.reason : error);
  }
}

async function* buffers(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
