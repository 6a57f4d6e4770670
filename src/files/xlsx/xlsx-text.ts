/** Strings of a workbook: plain text, and rich text in several runs. Phonetic readings of Japanese text are skipped. */
import type { XmlAttributes, XmlCollector } from "../workbook/xml-stream.ts";

/** Excel's own limit is 32,767 characters a cell. */
const MAX_CELL_CHARACTERS = 1024 ** 2;

/** Joins the text runs of one string element, either a shared string or an inline string. */
export class TextRuns {
  #text = "";
  #inText = false;
  #inReading = false;

  open(name: string): void {
    if (name === "t") this.#inText = true;
    else if (name === "rPh") this.#inReading = true;
  }

  add(text: string): void {
    if (!this.#inText || this.#inReading) return;
    this.#text += text;
    if (this.#text.length > MAX_CELL_CHARACTERS) throw new Error("the text of a cell is too long");
  }

  close(name: string): void {
    if (name === "t") this.#inText = false;
    else if (name === "rPh") this.#inReading = false;
  }

  /** Returns the joined text and starts a new one. */
  take(): string {
    const text = unescapeControls(this.#text);
    this.#text = "";
    return text;
  }
}

/** Decodes _x000D_ and other escapes of characters that XML forbids. A literal "_x000D_" is stored as _x005F_x000D_. */
export function unescapeControls(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

export class SharedStringCollector implements XmlCollector<string> {
  readonly items: string[] = [];
  readonly #runs = new TextRuns();

  open(name: string, _attributes: XmlAttributes): void {
    this.#runs.open(name);
  }

  text(text: string): void {
    this.#runs.add(text);
  }

  close(name: string): void {
    this.#runs.close(name);
    if (name === "si") this.items.push(this.#runs.take());
  }
}
