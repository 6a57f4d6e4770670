/**
 * Sums the rows of a file by blocks, to compare totals in the file with them. A total may be that of a municipality, of
 * the province around it and so on: each level is summed since its last total. Memory does not depend on the file.
 */

/** Municipality, province, region, one to spare, and the whole file. The last is never ended. */
const LEVELS = 5;
const WHOLE = LEVELS - 1;

/** The sums of consecutive rows. */
export interface BlockSum {
  level: number;
  sums: number[];
  rows: number;
  firstRow: number;
  lastRow: number;
}

type Figures = ReadonlyArray<number | null>;

export class BlockSums {
  /** The rows since the last total of any level. Only these are summed for each row. */
  #open: BlockSum;
  /** By level, the rows of the block before those. */
  readonly #before: BlockSum[];

  /** Number of figures in a row. */
  readonly width: number;

  constructor(width: number) {
    this.width = width;
    this.#open = emptySum(0, width);
    this.#before = Array.from({ length: LEVELS }, (_, level) => emptySum(level, width));
  }

  add(row: number, figures: Figures): void {
    const open = this.#open;
    if (open.rows === 0) open.firstRow = row;
    open.rows += 1;
    open.lastRow = row;
    for (let index = 0; index < figures.length; index += 1) {
      const figure = figures[index];
      if (figure) open.sums[index] = (open.sums[index] as number) + figure;
    }
  }

  /** The smallest block of at least this many rows whose sums these totals are; null where there is none. */
  equalTo(totals: Figures, least: number): BlockSum | null {
    const open = this.#open;
    const before = this.#before.find(
      ({ rows, sums }) =>
        rows + open.rows >= least &&
        totals.every(
          (total, index) => total === null || total === (sums[index] as number) + (open.sums[index] as number),
        ),
    );
    return before === undefined ? null : this.#block(before);
  }

  /** The block that totals most likely cover: the one with the most equal sums, the smallest of these. */
  nearestTo(totals: Figures, isGrand: boolean): BlockSum | null {
    const blocks = this.#blocks();
    if (isGrand) return blocks.at(-1) ?? null;
    let nearest = blocks[0] ?? null;
    for (const block of blocks) {
      if (nearest !== null && differing(block, totals).length < differing(nearest, totals).length) nearest = block;
    }
    return nearest;
  }

  /** Ends the blocks of this level and of those below it. */
  end(level: number): void {
    const open = this.#open;
    for (const before of this.#before) {
      if (before.level <= level && before.level !== WHOLE) clear(before);
      else if (open.rows > 0) addTo(before, open);
    }
    clear(open);
  }

  /** The blocks that have rows, the smallest first. Of blocks with the same rows, the one of the lowest level. */
  #blocks(): BlockSum[] {
    const blocks: BlockSum[] = [];
    for (const before of this.#before) {
      const block = this.#block(before);
      if (block.rows > (blocks.at(-1)?.rows ?? 0)) blocks.push(block);
    }
    return blocks;
  }

  /** The rows before the open ones, and these. */
  #block(before: BlockSum): BlockSum {
    const block = { ...before, sums: [...before.sums] };
    if (this.#open.rows > 0) addTo(block, this.#open);
    return block;
  }
}

/** The positions of the totals that differ from the sums. Totals that are missing do not count. */
export function differing({ sums }: BlockSum, totals: Figures): number[] {
  return totals.flatMap((total, index) => (total === null || total === sums[index] ? [] : [index]));
}

function emptySum(level: number, width: number): BlockSum {
  return { level, sums: new Array(width).fill(0), rows: 0, firstRow: 0, lastRow: 0 };
}

function clear(block: BlockSum): void {
  block.sums.fill(0);
  block.rows = 0;
}

function addTo(block: BlockSum, added: BlockSum): void {
  if (block.rows === 0) block.firstRow = added.firstRow;
  block.rows += added.rows;
  block.lastRow = added.lastRow;
  for (const [index, sum] of added.sums.entries()) block.sums[index] = (block.sums[index] as number) + sum;
}
