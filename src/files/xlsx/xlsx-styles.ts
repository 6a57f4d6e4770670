import type { NumberFormat } from "../workbook/number-format.ts";
import type { XmlAttributes, XmlCollector } from "../workbook/xml-stream.ts";

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
