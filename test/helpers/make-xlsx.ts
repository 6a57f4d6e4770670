/** Writes small workbooks as raw XML, with features that spreadsheet programs use and writer libraries lack. */
import { writeFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";

export type TestCell =
  | string // a shared string, as Excel writes it
  | number
  | boolean
  | null
  | { inline: string }
  | { rich: string[]; reading?: string }
  | { formula: string; value?: number | string }
  | { date: number }
  | { numberFormat: string; value: number }
  | { error: string };

export interface TestSheet {
  name: string;
  /** By position; a row that is null is not in the file. */
  rows: (TestCell[] | null)[];
  hidden?: boolean;
  hiddenRows?: number[];
  /** Ranges: "A2:A5". */
  merges?: string[];
}

export interface XlsxTestOptions {
  epoch1904?: boolean;
  /** Prefix of every element of the sheets, as the Open XML SDK writes it: "x:". */
  prefix?: string;
  extraParts?: Record<string, string>;
}

export function writeXlsx(path: string, sheets: TestSheet[], options: XlsxTestOptions = {}): void {
  writeFileSync(path, makeXlsx(sheets, options));
}

export function makeXlsx(sheets: TestSheet[], options: XlsxTestOptions = {}): Uint8Array {
  const strings: string[] = [];
  const formats: string[] = [];
  const sheetParts = sheets.map((sheet, index): [string, string] => [
    `xl/worksheets/sheet${index + 1}.xml`,
    sheetXml(sheet, strings, formats, options.prefix ?? ""),
  ]);
  const parts: Record<string, string> = {
    "_rels/.rels": relations([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": workbookXml(sheets, options.epoch1904 ?? false),
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map((_, index): Relation => [`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`]),
      ["rId91", "sharedStrings", "/xl/sharedStrings.xml"],
      ["rId92", "styles", "styles.xml"],
    ]),
    ...Object.fromEntries(sheetParts),
    "xl/sharedStrings.xml": `${DECLARATION}<sst xmlns="${MAIN}">${strings.map((item) => `<si>${item}</si>`).join("")}</sst>`,
    "xl/styles.xml": stylesXml(formats),
    ...options.extraParts,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
/** Style 0 is General, style 1 the built-in date format 14; custom formats follow. */
const DATE_STYLE = 1;

type Relation = [id: string, type: string, target: string];

function relations(list: Relation[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}">${items.join("")}</Relationships>`;
}

function workbookXml(sheets: TestSheet[], epoch1904: boolean): string {
  const items = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${index + 1}"/>`,
  );
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${epoch1904 ? ' date1904="1"' : ""}/><sheets>${items.join("")}</sheets></workbook>`;
}

function stylesXml(formats: string[]): string {
  const codes = formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${escapeXml(code)}"/>`);
  const custom = formats.map((_, index) => `<xf numFmtId="${164 + index}"/>`);
  return `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>${custom.join("")}</cellXfs></styleSheet>`;
}

function sheetXml(sheet: TestSheet, strings: string[], formats: string[], p: string): string {
  const rows = sheet.rows.flatMap((cells, index) => {
    if (cells === null) return [];
    const row = index + 1;
    const hidden = sheet.hiddenRows?.includes(row) ? ' hidden="1"' : "";
    const content = cells.map((cell, column) => cellXml(cell, `${columnName(column)}${row}`, strings, formats, p));
    return [`<${p}row r="${row}"${hidden}>${content.join("")}</${p}row>`];
  });
  const namespace = p === "" ? "xmlns" : `xmlns:${p.slice(0, -1)}`;
  return `${DECLARATION}<${p}worksheet ${namespace}="${MAIN}"><${p}sheetData>${rows.join("")}</${p}sheetData>${mergesXml(sheet.merges ?? [], p)}</${p}worksheet>`;
}

function mergesXml(ranges: string[], p: string): string {
  if (ranges.length === 0) return "";
  const items = ranges.map((range) => `<${p}mergeCell ref="${range}"/>`);
  return `<${p}mergeCells count="${ranges.length}">${items.join("")}</${p}mergeCells>`;
}

function cellXml(cell: TestCell, ref: string, strings: string[], formats: string[], p: string): string {
  const xml = (attributes: string, content: string) => `<${p}c r="${ref}"${attributes}>${content}</${p}c>`;
  const value = (content: string | number) => `<${p}v>${content}</${p}v>`;
  const shared = (item: string) => xml(' t="s"', value(strings.push(item) - 1));
  if (cell === null) return `<${p}c r="${ref}"/>`;
  if (typeof cell === "string") return shared(`<t xml:space="preserve">${escapeXml(cell)}</t>`);
  if (typeof cell === "number") return xml("", value(cell));
  if (typeof cell === "boolean") return xml(' t="b"', value(cell ? 1 : 0));
  if ("inline" in cell) return xml(' t="inlineStr"', `<${p}is><${p}t>${escapeXml(cell.inline)}</${p}t></${p}is>`);
  if ("rich" in cell) {
    const reading = cell.reading === undefined ? "" : `<rPh sb="0" eb="1"><t>${escapeXml(cell.reading)}</t></rPh>`;
    return shared(
      `${cell.rich.map((run) => `<r><rPr><b/></rPr><t xml:space="preserve">${escapeXml(run)}</t></r>`).join("")}${reading}`,
    );
  }
  if ("formula" in cell) {
    const formula = `<${p}f>${escapeXml(cell.formula)}</${p}f>`;
    if (cell.value === undefined) return xml("", formula);
    return typeof cell.value === "number"
      ? xml("", formula + value(cell.value))
      : xml(' t="str"', formula + value(escapeXml(cell.value)));
  }
  if ("date" in cell) return xml(` s="${DATE_STYLE}"`, value(cell.date));
  if ("numberFormat" in cell) return xml(` s="${DATE_STYLE + formats.push(cell.numberFormat)}"`, value(cell.value));
  return xml(' t="e"', value(cell.error));
}

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
