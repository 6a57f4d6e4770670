import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";
import { columnLetters } from "../src/core/headings/column-letters.ts";
import {
  contentTypes,
  ROOT_RELATIONS,
  SHEET_START,
  STYLES,
  workbook,
  workbookRelations,
} from "../src/files/out/workbook/xlsx-parts.ts";
import { generatedRows } from "./csv-file.ts";
import { CSV_COLUMNS } from "./shell-import.ts";
import type { Size } from "./sizes.ts";

const ROWS_AT_ONCE = 1_000;

/**
 * Writes the generated communities of one size to a workbook, as Excel writes it: each different text once, in a part of its
 * own, to which the cells refer by number. A million codes are a million texts.
 */
export async function writeXlsx(path: string, size: Size): Promise<void> {
  const strings = new Map<string, number>();
  const zip = new ZipFile();
  const add = (name: string, xml: Iterable<string>) =>
    zip.addReadStreamLazy(name, { compressionLevel: 3 }, (give) => give(null, Readable.from(buffers(xml))));
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";
  const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings";
  add("[Content_Types].xml", [
    contentTypes(1).replace("</Types>", `<Override PartName="/xl/sharedStrings.xml" ContentType="${type}"/></Types>`),
  ]);
  add("_rels/.rels", [ROOT_RELATIONS]);
  add("xl/workbook.xml", [workbook(["Communities"])]);
  add("xl/_rels/workbook.xml.rels", [
    workbookRelations(1).replace(
      "</Relationships>",
      `<Relationship Id="rId9" Type="${relation}" Target="sharedStrings.xml"/></Relationships>`,
    ),
  ]);
  add("xl/styles.xml", [STYLES]);
  add("xl/worksheets/sheet1.xml", sheet(size, strings));
  add("xl/sharedStrings.xml", sharedStrings(strings));
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

function* sheet(size: Size, strings: Map<string, number>): Generator<string> {
  yield `${SHEET_START}<sheetData>`;
  let row = 1;
  let xml = rowXml(CSV_COLUMNS, row, strings);
  for (const cells of generatedRows(size)) {
    row += 1;
    xml += rowXml(cells, row, strings);
    if (row % ROWS_AT_ONCE !== 0) continue;
    yield xml;
    xml = "";
  }
  yield `${xml}</sheetData></worksheet>`;
}

function rowXml(cells: readonly unknown[], row: number, strings: Map<string, number>): string {
  const xml = cells.map((cell, column) => {
    const reference = `${columnLetters(column)}${row}`;
    if (cell === null) return "";
    if (typeof cell !== "string") return `<c r="${reference}"><v>${cell}</v></c>`;
    const number = strings.get(cell) ?? strings.size;
    strings.set(cell, number);
    return `<c r="${reference}" t="s"><v>${number}</v></c>`;
  });
  return `<row r="${row}">${xml.join("")}</row>`;
}

/** The generated texts have no characters that XML escapes. */
function* sharedStrings(strings: ReadonlyMap<string, number>): Generator<string> {
  yield '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
  for (const text of strings.keys()) yield `<si><t>${text}</t></si>`;
  yield "</sst>";
}

function* buffers(texts: Iterable<string>): Generator<Buffer> {
  let chunk = "";
  for (const text of texts) {
    chunk += text;
    if (chunk.length < 65_536) continue;
    yield Buffer.from(chunk);
    chunk = "";
  }
  yield Buffer.from(chunk);
}
