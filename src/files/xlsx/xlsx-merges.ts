/**
 * Finds the cells of a sheet that are merged over several rows. The XML lists them after the rows, but the rows need
 * them, so a first pass through the XML reads the list and nothing else.
 */
import { columnIndex } from "../workbook/spreadsheet-cell.ts";
import { VerticalMerges } from "../workbook/vertical-merges.ts";
import { matchTags } from "../workbook/xml-stream.ts";

const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref\s*=\s*["'](([A-Z]{1,3})(\d{1,7})):[A-Z]{1,3}(\d{1,7})["']/g;

/** @param where names file and sheet in errors */
export async function readVerticalMerges(chunks: AsyncIterable<string>, where: string): Promise<VerticalMerges> {
  const merges = new VerticalMerges(where);
  for await (const [, reference = "", letters = "", first, last] of matchTags(chunks, "mergeCell", MERGE)) {
    merges.add({ column: columnIndex(letters), reference, firstRow: Number(first), lastRow: Number(last) });
  }
  return merges;
}
