const NO_POPULATION = -1;

/**
 * Finds barangays by code. Each takes about 20 bytes, so that a geography of a million barangays fits in memory. Also
 * records the first row of an imported file that has each barangay.
 */
export class BarangayIndex {
  readonly #codes: Float64Array;
  readonly #ids: Int32Array;
  readonly #populations: Int32Array;
  readonly #firstRows: Int32Array;
  /** First two digits of every code, once each. */
  readonly #regions = new Set<string>();
  #size = 0;

  /** @param size number of barangays that will be added */
  constructor(size: number) {
    this.#codes = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#ids = new Int32Array(size);
    this.#populations = new Int32Array(size);
    this.#firstRows = new Int32Array(size);
  }

  /**
   * Adds a barangay. Barangays must be added ordered by code.
   *
   * @param population census population; null where the geography has none
   */
  add(id: number, code: string, population: number | null): void {
    this.#codes[this.#size] = Number(code);
    this.#ids[this.#size] = id;
    this.#populations[this.#size] = population ?? NO_POPULATION;
    this.#regions.add(code.slice(0, 2));
    this.#size += 1;
  }

  get size(): number {
    return this.#size;
  }

  codeAt(position: number): string {
    return String(this.#codes[position]).padStart(10, "0");
  }

  /** Position of a ten-digit code; -1 where no barangay has it. */
  find(code: string): number {
    const wanted = Number(code);
    let low = 0;
    let high = this.#size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#codes[middle] as number;
      if (found === wanted) return middle;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /**
   * Finds the barangay whose code differs from this one in the region only, as PSGC recodes a barangay when its
   * province moves to another region. Null unless there is exactly one, or where this code's region does not exist.
   */
  codeInOtherRegion(code: string): string | null {
    if (!this.#regions.has(code.slice(0, 2))) return null;
    const codes = [...this.#regions].map((region) => region + code.slice(2)).filter((other) => this.find(other) !== -1);
    return codes.length === 1 ? (codes[0] as string) : null;
  }

  idAt(position: number): number {
    return this.#ids[position] as number;
  }

  populationAt(position: number): number | null {
    const population = this.#populations[position] as number;
    return population === NO_POPULATION ? null : population;
  }

  /** Records the row of a barangay. Returns the row recorded before, or null where this is the first. */
  noteRow(position: number, row: number): number | null {
    const first = this.#firstRows[position] as number;
    if (first !== 0) return first;
    this.#firstRows[position] = row;
    return null;
  }
}
