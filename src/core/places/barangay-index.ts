const NO_POPULATION = -1;

export interface IndexedBarangay {
  id: number;
  /** Null where it is unknown. */
  psgcCode: string | null;
  /** Its stored code where that is not the PSGC code; null otherwise. */
  ownCode: string | null;
  /** Census population; null where the geography has none. */
  population: number | null;
}

/**
 * Finds barangays by code. Each takes about 24 bytes, so that a geography of a million barangays fits in memory; codes
 * that are not digits take more. Also records the first row of an imported file that has each barangay.
 */
export class BarangayIndex {
  /** PSGC codes; infinite where they are unknown. */
  readonly #codes: Float64Array;
  readonly #ids: Float64Array;
  readonly #populations: Int32Array;
  readonly #firstRows: Int32Array;
  readonly #ownCodes: string[] = [];
  /** Positions by stored code, and by that code in small letters where only one has it; made on first use. */
  #byOwnCode: Map<string, number> | null = null;
  /** First two digits of every PSGC code, once each. */
  readonly #regions = new Set<string>();
  #size = 0;

  /** @param size number of barangays that will be added */
  constructor(size: number) {
    this.#codes = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#ids = new Float64Array(size);
    this.#populations = new Int32Array(size);
    this.#firstRows = new Int32Array(size);
  }

  /** Adds a barangay. Barangays must be added ordered by PSGC code, those without one last. */
  add({ id, psgcCode, ownCode, population }: IndexedBarangay): void {
    if (psgcCode !== null) {
      this.#codes[this.#size] = Number(psgcCode);
      this.#regions.add(psgcCode.slice(0, 2));
    }
    this.#ids[this.#size] = id;
    this.#populations[this.#size] = population ?? NO_POPULATION;
    if (ownCode !== null) this.#ownCodes.push(ownCode);
    this.#size += 1;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether any barangay has a PSGC code. */
  get hasPsgcCodes(): boolean {
    return this.#regions.size > 0;
  }

  /** The stored code. */
  codeAt(position: number): string {
    return this.#ownCodes[position] ?? String(this.#codes[position]).padStart(10, "0");
  }

  /** Position of the barangay with a code, stored or of the PSGC; -1 where none has it. */
  find(code: string): number {
    return this.#ownCodes.length === 0 ? this.#findPsgc(code) : this.#findEither(code);
  }

  #findEither(code: string): number {
    this.#byOwnCode ??= positionsByCode(this.#ownCodes);
    const own = this.#byOwnCode.get(code) ?? this.#byOwnCode.get(code.toLowerCase());
    if (own !== undefined) return own;
    return /^\d+$/.test(code) ? this.#findPsgc(code) : -1;
  }

  #findPsgc(code: string): number {
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
   * Finds the barangay whose PSGC code differs from this one in the region only, as PSGC recodes a barangay when its
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

/** A code as it is stored takes precedence over one that differs in case; two that differ in case only need the exact one. */
function positionsByCode(codes: readonly string[]): Map<string, number> {
  const positions = new Map<string, number>();
  const doubled = new Set<string>();
  for (const [position, code] of codes.entries()) {
    const folded = code.toLowerCase();
    if (positions.has(folded)) doubled.add(folded);
    positions.set(folded, position);
  }
  for (const folded of doubled) positions.delete(folded);
  for (const [position, code] of codes.entries()) positions.set(code, position);
  return positions;
}
