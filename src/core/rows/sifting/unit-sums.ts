import { unitKey } from "../../places/place-history.ts";
import type { PlaceNames } from "../../places/place-resolver.ts";
import type { Figures } from "./figure-cells.ts";

/** The sums of the communities of one municipality or province. */
export interface UnitSum {
  /** Its name as the first of its rows has it. */
  name: string;
  /** The unit around it: another unit of the same name has another one. */
  around: string;
  isAmbiguous: boolean;
  sums: number[];
  rows: number;
  firstRow: number;
  lastRow: number;
}

/** Sums the rows of a table by municipality and by province, to compare totals that name their unit. */
export class UnitSums {
  readonly #width: number;
  readonly #byKey = new Map<string, UnitSum>();
  /** Most rows are of the same units as the row above. */
  #last: { province: string; municipality: string; sums: UnitSum[] } | null = null;

  /** @param width number of figures in a row */
  constructor(width: number) {
    this.#width = width;
  }

  add(row: number, figures: Figures, { province, municipality }: PlaceNames): void {
    if (this.#last?.province !== province || this.#last.municipality !== municipality) {
      this.#last = { province, municipality, sums: this.#sumsOf(province, municipality) };
    }
    for (const unit of this.#last.sums) {
      if (unit.rows === 0) unit.firstRow = row;
      unit.rows += 1;
      unit.lastRow = row;
      for (const [index, figure] of figures.entries()) {
        if (figure) unit.sums[index] = (unit.sums[index] as number) + figure;
      }
    }
  }

  /** The rows of the unit with this name; null where there are none, or of two units. */
  named(name: string): UnitSum | null {
    const unit = name === "" ? undefined : this.#byKey.get(unitKey(name));
    return unit === undefined || unit.isAmbiguous ? null : unit;
  }

  #sumsOf(province: string, municipality: string): UnitSum[] {
    const units = [
      { name: municipality, around: `in ${unitKey(province)}` },
      { name: province, around: "" },
    ];
    const [first, second] = units.map(({ name, around }) => (name === "" ? null : this.#sumOf(name, around)));
    // A highly urbanized city is both its municipality and its province-level unit.
    return [first, second].filter((sum, index, all) => sum != null && all.indexOf(sum) === index) as UnitSum[];
  }

  #sumOf(name: string, around: string): UnitSum {
    const key = unitKey(name);
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      if (known.around !== around) known.isAmbiguous = true;
      return known;
    }
    const sums = new Array(this.#width).fill(0);
    const unit = { name, around, isAmbiguous: false, sums, rows: 0, firstRow: 0, lastRow: 0 };
    this.#byKey.set(key, unit);
    return unit;
  }
}
