/** A sheet for people to fill in or correct: headings, widths, lists to choose from, and a note for each column. */
import { rearmed } from "../../../core/disarmed-cell.ts";
import { columnLetters } from "../../../core/headings/column-letters.ts";
import type { Cell } from "../../../core/rows/sheet-cell.ts";
import { cellReference } from "../../../core/rows/sheet-cell.ts";
import { inChunks } from "../in-chunks.ts";
import { textCell } from "./xlsx-cells.ts";
import { marked, SHEET_START, STYLE } from "./xlsx-parts.ts";
import { frozen, widths } from "./xlsx-sheets.ts";
import { xmlText } from "./xlsx-text.ts";

export interface FormColumn {
  heading: string;
  /** In characters. */
  width: number;
  /** Shown beside a cell of the column when it is selected; "" for none. */
  note: string;
  /** What the spreadsheet program asks about when something else is entered; null for anything. */
  takes: Taken | null;
}

export type Taken =
  | { kind: "whole" | "decimal"; from: number; to: number }
  /** `only`: whether there is nothing else; otherwise the list is an offer. */
  | { kind: "list"; choices: readonly string[]; only: boolean };

/** A cell with the number of its style. */
export interface FormCell {
  value: Cell;
  style: number;
  /** Whether it is to be seen at once. */
  isMarked?: boolean;
}

/** Rows below the last one for which the notes and lists are there, too. */
const ROWS_TO_ADD = 500;

/** @param rows one cell for each column, or null */
export function formSheet(
  columns: readonly FormColumn[],
  rows: AsyncIterable<ReadonlyArray<FormCell | null>>,
): AsyncGenerator<string> {
  return inChunks(formXml(columns, rows));
}

async function* formXml(
  columns: readonly FormColumn[],
  rows: AsyncIterable<ReadonlyArray<FormCell | null>>,
): AsyncGenerator<string> {
  yield `${SHEET_START}${frozen(1)}${widths(columns.map(({ width }) => width))}<sheetData><row r="1">`;
  const losses = { escaped: 0, cut: 0 };
  for (const [index, { heading }] of columns.entries()) {
    yield textCell(cellReference(index, 1), heading, STYLE.header, losses);
  }
  yield "</row>";
  let row = 1;
  for await (const cells of rows) {
    row += 1;
    const xml = cells.map((cell, index) => (cell === null ? "" : formCell(cellReference(index, row), cell)));
    yield `<row r="${row}">${xml.join("")}</row>`;
  }
  yield `</sheetData><autoFilter ref="A1:${columnLetters(columns.length - 1)}${row}"/>`;
  yield `${validations(columns, row + ROWS_TO_ADD)}</worksheet>`;
}

function formCell(reference: string, { value, style, isMarked = false }: FormCell): string {
  const shown = isMarked ? marked(style) : style;
  const losses = { escaped: 0, cut: 0 };
  if (value === null) return isMarked ? `<c r="${reference}" s="${shown}"/>` : "";
  if (typeof value === "number") return `<c r="${reference}" s="${shown}"><v>${value}</v></c>`;
  if (typeof value === "boolean") return `<c r="${reference}" s="${shown}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === "string") return textCell(reference, escaped(value), shown, losses);
  switch (value.kind) {
    case "date":
      return `<c r="${reference}" s="${shown}"><v>${serialOf(value.iso)}</v></c>`;
    case "percentage":
      return `<c r="${reference}" s="${shown}"><v>${value.share}</v></c>`;
    case "error":
      return textCell(reference, value.text, shown, losses);
  }
}

const MILLISECONDS_PER_DAY = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** The stored number counts from 1904 in workbooks of old Macintosh programs. */
function serialOf(iso: string): number {
  return (Date.parse(iso.includes("T") ? `${iso.replace(/Z$/, "")}Z` : iso) - EPOCH) / MILLISECONDS_PER_DAY;
}

/** An import takes an apostrophe before a formula away: text that has one of its own gets another. */
function escaped(text: string): string {
  return rearmed(text) === text ? text : `'${text}`;
}

/** A title and a text may have 32 and 255 characters. */
const TITLE = 32;
const TEXT = 255;

/** They follow the rows, as ECMA-376 orders the elements of a sheet. */
function validations(columns: readonly FormColumn[], lastRow: number): string {
  const list = columns.flatMap(({ heading, note, takes }, index) => {
    if (note === "" && takes === null) return [];
    const letters = columnLetters(index);
    const prompt = ` showInputMessage="1" promptTitle="${attribute(heading, TITLE)}" prompt="${attribute(note, TEXT)}"`;
    const below = `${letters}2:${letters}${lastRow}`;
    return [
      `<dataValidation allowBlank="1"${prompt} sqref="${letters}1"/>`,
      takes === null
        ? `<dataValidation allowBlank="1"${prompt} sqref="${below}"/>`
        : `<dataValidation ${ruleOf(takes)} allowBlank="1"${prompt} sqref="${below}">${formulasOf(takes)}</dataValidation>`,
    ];
  });
  return list.length === 0 ? "" : `<dataValidations count="${list.length}">${list.join("")}</dataValidations>`;
}

/** A warning can be overridden: a person may have a reason, and the import checks every cell in any case. */
function ruleOf(takes: Taken): string {
  const warning = 'errorStyle="warning" showErrorMessage="1"';
  if (takes.kind === "list") return `type="list"${takes.only ? ` ${warning}` : ""}`;
  const error = `error="${attribute(`A number from ${takes.from} to ${takes.to}, or nothing.`, TEXT)}"`;
  return `type="${takes.kind}" operator="between" ${warning} ${error}`;
}

function formulasOf(takes: Taken): string {
  if (takes.kind !== "list") return `<formula1>${takes.from}</formula1><formula2>${takes.to}</formula2>`;
  return `<formula1>${xmlText(`"${takes.choices.join(",")}"`)}</formula1>`;
}

function attribute(text: string, longest: number): string {
  return xmlText(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
}
