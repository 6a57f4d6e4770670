/** Number formats: the only thing that tells a stored date from a stored number. */
import type { XmlAttributes, XmlCollector } from "./xlsx-xml.ts";

export interface NumberFormat {
  id: number;
  /** The format's code where the workbook defines it; undefined for a built-in one. */
  code: string | undefined;
}

/** The number format of each cell style, in the order that cells refer to. */
export class StyleCollector implements XmlCollector<NumberFormat> {
  readonly items: NumberFormat[] = [];
  readonly #codes = new Map<number, string>();
  #inCellStyles = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === "numFmt") this.#codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
    else if (name === "cellXfs") this.#inCellStyles = true;
    else if (name === "xf" && this.#inCellStyles) {
      const id = Number(attributes.numFmtId ?? 0);
      this.items.push({ id, code: this.#codes.get(id) });
    }
  }

  text(): void {}

  close(name: string): void {
    if (name === "cellXfs") this.#inCellStyles = false;
  }
}

/** ECMA-376 part 1, 18.8.30: 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in East Asian editions. */
export function isDateFormat({ id, code }: NumberFormat): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49);
  // Letters in quotes, after a backslash or an underscore, and in brackets (colours, currencies) are no date parts;
  // elapsed hours, minutes and seconds ([h]) are.
  const bare = code.replace(/"[^"]*"|[\\_*]./g, "").replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, "");
  return /[ymdhs]/i.test(bare.replace(/general/gi, ""));
}
