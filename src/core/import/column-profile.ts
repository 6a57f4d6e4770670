import { COMMUNITY_COORDINATES } from "../fields.ts";
import { CODE_COLUMN, NAME_COLUMNS } from "../headings/import-columns.ts";
import { columnAt, type ImportHeader } from "../headings/import-header.ts";
import { type CommunityValue, parseCommunityValue, parseFigure } from "../records/parse-value.ts";
import type { SourceRow } from "../rows/import-row.ts";

/** What a column of a file holds. */
export interface ColumnProfile {
  /** From 1. */
  position: number;
  heading: string;
  /** What an import reads it as; null where it does not import it. */
  column: string | null;
  /** Why it is not imported: its heading is unknown, is missing, or means nothing to an import; null where it is. */
  reason: "unknown" | "no-heading" | "ignored" | null;
  /** Cells with a value. */
  filled: number;
  /** Those of them that the column does not take; of an unknown column, those that are no figures. */
  invalid: number;
  /** Of the numbers; null where there are none. */
  smallest: number | null;
  largest: number | null;
  /** Null where the column has no figures: a sum of coordinates says nothing. */
  sum: number | null;
  /** The first different values. */
  samples: string[];
}

const SAMPLES = 3;
const SAMPLE_CHARACTERS = 40;

/** Profiles the columns of a file row by row. Memory depends on the number of columns only. */
export class ColumnProfiler {
  readonly #profiles: ColumnProfile[] = [];
  #header: ImportHeader | null = null;

  add({ cells, problem }: SourceRow, header: ImportHeader): void {
    if (header !== this.#header) this.#use(header);
    if (problem !== undefined) return;
    for (const [index, profile] of this.#profiles.entries()) {
      const cell = cells[index]?.trim() ?? "";
      if (cell !== "") addCell(profile, cell);
    }
  }

  /** The profiles of all columns of the header. */
  profiles(header: ImportHeader): ColumnProfile[] {
    this.#use(header);
    return this.#profiles;
  }

  /** The header of JSON lines has more columns later. */
  #use(header: ImportHeader): void {
    this.#header = header;
    for (let index = this.#profiles.length; index < header.headings.length; index++) {
      this.#profiles.push(emptyProfile(index, header));
    }
  }
}

function emptyProfile(index: number, header: ImportHeader): ColumnProfile {
  const heading = header.headings[index] ?? "";
  const column = columnAt(index, header);
  const unread = header.ignored.includes(heading) ? "unknown" : "ignored";
  const reason = heading.trim() === "" ? "no-heading" : column === null ? unread : null;
  return {
    ...{ position: index + 1, heading, column, reason },
    ...{ filled: 0, invalid: 0, smallest: null, largest: null, sum: null, samples: [] },
  };
}

function addCell(profile: ColumnProfile, cell: string): void {
  const { value, problem } = readCell(profile, cell);
  profile.filled += 1;
  if (problem !== null) profile.invalid += 1;
  if (typeof value === "number") addNumber(profile, value);
  if (profile.samples.length >= SAMPLES) return;
  const sample = cell.slice(0, SAMPLE_CHARACTERS);
  if (!profile.samples.includes(sample)) profile.samples.push(sample);
}

function readCell({ column }: ColumnProfile, cell: string): { value: CommunityValue; problem: string | null } {
  // Numbers show what an unknown column counts.
  if (column === null) return parseFigure(cell);
  const isPlace = column === CODE_COLUMN || NAME_COLUMNS.some((name) => name === column);
  return isPlace ? { value: cell, problem: null } : parseCommunityValue(column, cell);
}

function addNumber(profile: ColumnProfile, number: number): void {
  const { column, smallest, largest, sum } = profile;
  profile.smallest = smallest === null ? number : Math.min(smallest, number);
  profile.largest = largest === null ? number : Math.max(largest, number);
  if (column === null || !(column in COMMUNITY_COORDINATES)) profile.sum = (sum ?? 0) + number;
}
