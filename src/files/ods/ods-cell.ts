import type { Cell } from "../../core/rows/sheet-cell.ts";
import { dateCell } from "../workbook/spreadsheet-cell.ts";
import type { XmlAttributes } from "../workbook/xml-stream.ts";

/** Excel's own limit is 32,767 characters a cell. */
const MAX_CELL_CHARACTERS = 1024 ** 2;
const MILLISECONDS_PER_DAY = 86_400_000;
/** Day 0 of dateCell. */
const EPOCH = Date.UTC(1899, 11, 30);

/** What older programs show for a failed formula, and store as the number 0. */
const SHOWN_ERROR = /^(#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)|Err:\d{3})$/;

/**
 * Reads a cell from its attributes and the text that it shows.
 *
 * @param text null where the cell shows none
 */
export function readOdsCell(attributes: XmlAttributes, text: string | null): Cell {
  const type = attributes["office:value-type"];
  const hasFormula = attributes["table:formula"] !== undefined;
  const isError = attributes["calcext:value-type"] === "error" || (hasFormula && SHOWN_ERROR.test(text ?? ""));
  if (isError) return { kind: "error", text: text ?? "#VALUE!" };
  switch (type) {
    case undefined:
      if (text !== null && text !== "") return text;
      // A cell without a result must not be imported as blank. LibreOffice writes an empty paragraph where the result is
      // the empty text: that of =IF(A2>0;A2;"").
      return hasFormula && text === null ? { kind: "error", text: "(formula without a stored value)" } : null;
    case "float":
      // LibreOffice writes a truth value of an .xlsx workbook in this way.
      if (text === "TRUE" || text === "FALSE") return text === "TRUE";
      return numberOf(attributes["office:value"]) ?? unreadable(attributes["office:value"]);
    case "currency":
      return numberOf(attributes["office:value"]) ?? unreadable(attributes["office:value"]);
    case "percentage": {
      const share = numberOf(attributes["office:value"]);
      return share === null ? unreadable(attributes["office:value"]) : { kind: "percentage", share };
    }
    case "date":
      return dateOf(attributes["office:date-value"] ?? "");
    case "time":
      return timeOf(attributes["office:time-value"] ?? "");
    case "boolean":
      return attributes["office:boolean-value"] === "true";
    default: {
      const value = attributes["office:string-value"] ?? text ?? "";
      return value === "" ? null : value;
    }
  }
}

function numberOf(value: string | undefined): number | null {
  const number = Number(value);
  return value === undefined || value.trim() === "" || Number.isNaN(number) ? null : number;
}

function unreadable(value: string | undefined): Cell {
  return { kind: "error", text: value ?? "(number without a value)" };
}

/** 2025-08-01 or 2025-08-01T12:00:00.5, without a time zone. */
function dateOf(value: string): Cell {
  const time = Date.parse(value.includes("T") ? `${value.replace(/Z$/, "")}Z` : value);
  return Number.isNaN(time)
    ? { kind: "error", text: `(no date: ${value})` }
    : dateCell((time - EPOCH) / MILLISECONDS_PER_DAY, false);
}

/** PT36H00M00S. */
function timeOf(value: string): Cell {
  const [, sign, hours, minutes, seconds] = /^(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(value) ?? [];
  if (sign === undefined) return { kind: "error", text: `(no time: ${value})` };
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return dateCell(((sign === "-" ? -1 : 1) * total) / 86_400, false);
}

/**
 * Joins the paragraphs of a cell. Comments, shapes and pictures in a cell are not its text. Blanks are as XML in
 * OpenDocument has them: several in a row count as one, and more are elements of their own.
 */
export class CellText {
  readonly #paragraphs: string[] = [];
  #paragraph: string | null = null;
  #length = 0;
  /** Elements open inside the cell. */
  #depth = 0;
  /** The depth of an element whose content is not text of the cell; 0 for none. */
  #skippedAt = 0;

  open(name: string, attributes: XmlAttributes): void {
    this.#depth += 1;
    if (this.#skippedAt > 0) return;
    if (this.#depth === 1) {
      if (name === "p") this.#paragraph = "";
      else this.#skippedAt = 1;
    } else if (name === "s") this.#append(" ".repeat(Math.min(Number(attributes["text:c"] ?? 1) || 1, 1000)));
    else if (name === "tab") this.#append("\t");
    else if (name === "line-break") this.#append("\n");
    else if (name !== "span" && name !== "a") this.#skippedAt = this.#depth;
  }

  add(text: string): void {
    if (this.#skippedAt > 0 || this.#paragraph === null) return;
    const collapsed = text.replace(/[\t\r\n ]+/g, " ");
    this.#append(/(^|[ \n\t])$/.test(this.#paragraph) ? collapsed.replace(/^ /, "") : collapsed);
  }

  /** Closes an element of the cell; true where it was the cell itself. */
  close(_name: string): boolean {
    if (this.#depth === 0) return true;
    if (this.#skippedAt === this.#depth) this.#skippedAt = 0;
    this.#depth -= 1;
    if (this.#depth === 0 && this.#paragraph !== null) {
      this.#paragraphs.push(this.#paragraph);
      this.#paragraph = null;
    }
    return false;
  }

  /** Returns the joined text and starts a new one; null where there is no paragraph. */
  take(): string | null {
    const text = this.#paragraphs.length === 0 ? null : this.#paragraphs.join("\n");
    this.#paragraphs.length = 0;
    this.#length = 0;
    return text;
  }

  #append(text: string): void {
    this.#length += text.length;
    if (this.#length > MAX_CELL_CHARACTERS) throw new Error("the text of a cell is too long");
    this.#paragraph += text;
  }
}
