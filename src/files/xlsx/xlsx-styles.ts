/** Number formats. Dates are stored as numbers, and only the format distinguishes them. */
import type { XmlAttributes, XmlCollector } from "./xlsx-xml.ts";

export interface NumberFormat {
  id: number;
  /** Format code, if the workbook defines it; undefined for a built-in format. */
  code: string | undefined;
}

/** Collects the number format of each cell style. Cells refer to styles by position. */
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

/** Built-in date formats (ECMA-376 part 1, 18.8.30): 14-22 and 45-47; in East Asian editions also 27-36 and 50-58. */
export function isDateFormat({ id, code }: NumberFormat): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 48 && id !== 49);
  // Letters in quotes, after a backslash or an underscore, and in brackets (colours, currencies) are not date parts.
  // Elapsed hours, minutes and seconds ([h]) are.
  const bare = code.replace(/"[^"]*"|[\\_*]./g, "").replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, "");
  return /[ymdhs]/i.test(bare.replace(/general/gi, ""));
}
