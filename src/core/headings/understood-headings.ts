import { isField } from "../fields.ts";
import type { ReadHeading } from "../records/read-columns.ts";
import { type ColumnMapping, type HeadingMeaning, meaningOf } from "./import-columns.ts";
import { squeezeHeading } from "./known/heading-words.ts";
import { withoutRejectColumns } from "./reject-columns.ts";

/**
 * The column that a heading is read as; null where it is not imported, undefined where it is unknown, "" where there is no
 * heading.
 */
export type ReadName = string | null | undefined;

/** The headings of a file and what each of them means. */
export interface UnderstoodHeadings {
  /** Without those that a rejects file adds. */
  headings: string[];
  names: readonly ReadName[];
  readAs: ReadHeading[];
}

/** Understands headings that stand beside each other in a header: a heading may mean another column beside others. */
export function understandHeader(cells: readonly string[], mapping: ColumnMapping): UnderstoodHeadings {
  return understand(cells, mapping, (all) => all);
}

/** Understands the keys of JSON lines, each by itself: a key of a later line must not change what one of these means. */
export function understandKeys(keys: readonly string[], mapping: ColumnMapping): UnderstoodHeadings {
  return understand(keys, mapping, () => []);
}

type Meanings = ReadonlyArray<HeadingMeaning | null>;

function understand(
  cells: readonly string[],
  mapping: ColumnMapping,
  beside: (all: Meanings) => Meanings,
): UnderstoodHeadings {
  const headings = withoutRejectColumns(cells);
  const meanings = headings.map((heading) => (heading.trim() === "" ? null : meaningOf(heading, mapping)));
  const names = meanings.map((meaning, index) => nameMeant(meaning, index, beside(meanings)));
  return {
    headings,
    names,
    readAs: headings.flatMap((heading, index) => readAs(heading, names[index], meanings[index])),
  };
}

function nameMeant(meaning: HeadingMeaning | null, index: number, all: Meanings): ReadName {
  if (meaning === null) return "";
  switch (meaning.kind) {
    case "column":
      return meaning.column;
    case "population":
      return all.some((other) => isColumn(other, OBC_POPULATION)) ? BARANGAY_POPULATION : OBC_POPULATION;
    case "row-numbers": {
      // After the first figure, "No." is more likely a count of something.
      const firstField = all.findIndex((other) => other?.kind === "population" || isColumn(other));
      const isFirst = all.findIndex((other) => other?.kind === "row-numbers") === index;
      return isFirst && (firstField === -1 || index < firstField) ? null : undefined;
    }
    case "unknown":
      return undefined;
    default:
      return null;
  }
}

const OBC_POPULATION = "estimated_obc_population";
const BARANGAY_POPULATION = "total_barangay_population";

/** Whether a heading means a column of figures, or this one. */
function isColumn(meaning: HeadingMeaning | null, column?: string): boolean {
  return meaning?.kind === "column" && (column === undefined ? isField(meaning.column) : meaning.column === column);
}

/** How a heading was read; empty for the name of a column, and where no column is read. */
function readAs(heading: string, name: ReadName, meaning: HeadingMeaning | null | undefined): ReadHeading[] {
  if (name === undefined || !meaning || meaning.kind === "ignored") return [];
  if (meaning.kind === "population") return [{ heading, column: name, note: populationNote(name) }];
  if (meaning.kind === "row-numbers") return [{ heading, column: null, note: "row numbers" }];
  if (meaning.kind === "not-ours") return [{ heading, column: null, note: `there is no field for ${meaning.what}` }];
  const isLiteral = name !== null && squeezeHeading(heading) === squeezeHeading(name);
  return isLiteral ? [] : [{ heading, column: name, note: "" }];
}

function populationNote(column: string | null): string {
  return column === OBC_POPULATION
    ? `not ${BARANGAY_POPULATION}, as no other column is the community's`
    : `as another column is the community's`;
}
