import { UsageError } from "../errors.ts";
import { isField } from "../fields.ts";
import { EXPORT_ONLY_COLUMNS } from "../figures/figure-columns.ts";
import { COMMUNITY_COLUMNS } from "../records/community.ts";
import { meaningfulWords, squeezeHeading } from "./known/heading-words.ts";
import {
  CODE_COLUMN,
  KNOWN_HEADINGS,
  NAME_COLUMNS,
  NOT_OURS,
  ROW_NUMBERS,
  UNSPECIFIC_POPULATION,
} from "./known/known-headings.ts";

export { squeezeHeading } from "./known/heading-words.ts";
export { CODE_COLUMN, NAME_COLUMNS } from "./known/known-headings.ts";

/** Every column that a file may have, the place's first. */
export const IMPORT_COLUMNS: readonly string[] = [CODE_COLUMN, ...NAME_COLUMNS, ...COMMUNITY_COLUMNS];

/** The columns of an export that no import sets. Ignored, so that what was exported can be edited and imported. */
const EXPORT_ONLY: ReadonlySet<string> = new Set(EXPORT_ONLY_COLUMNS);

/** What a heading means. */
export type HeadingMeaning =
  | { kind: "column"; column: string }
  /** A population that is the community's, or the barangay's where another column is the community's. */
  | { kind: "population" }
  /** The user maps it to nothing. */
  | { kind: "ignored" }
  /** It numbers the rows. */
  | { kind: "row-numbers" }
  /** No field corresponds to it; `what` it counts. */
  | { kind: "not-ours"; what: string }
  | { kind: "unknown" };

const MEANINGS = new Map<string, HeadingMeaning>();
for (const heading of listed(ROW_NUMBERS)) MEANINGS.set(squeezeHeading(heading), { kind: "row-numbers" });
for (const [what, headings] of Object.entries(NOT_OURS)) {
  for (const heading of listed(headings)) MEANINGS.set(squeezeHeading(heading), { kind: "not-ours", what });
}
for (const heading of listed(UNSPECIFIC_POPULATION)) MEANINGS.set(squeezeHeading(heading), { kind: "population" });
for (const [column, headings] of Object.entries(KNOWN_HEADINGS)) {
  for (const heading of listed(headings)) MEANINGS.set(squeezeHeading(heading), { kind: "column", column });
}
for (const column of IMPORT_COLUMNS) MEANINGS.set(squeezeHeading(column), { kind: "column", column });

export function listed(headings: string): string[] {
  return headings.split(", ");
}

/** A heading that the user mapped to a column. */
export interface MappedHeading {
  /** As the user wrote it. */
  heading: string;
  /** Null ignores the column. */
  column: string | null;
  /** Whether a file may lack it, as in a mapping for several files. */
  optional: boolean;
}

/** The mapped headings, squeezed. */
export type ColumnMapping = ReadonlyMap<string, MappedHeading>;

export function meaningOf(heading: string, mapping: ColumnMapping): HeadingMeaning {
  const squeezed = squeezeHeading(heading);
  const mapped = mapping.get(squeezed);
  if (mapped !== undefined)
    return mapped.column === null ? { kind: "ignored" } : { kind: "column", column: mapped.column };
  if (EXPORT_ONLY.has(heading.trim())) return { kind: "ignored" };
  return MEANINGS.get(squeezed) ?? countedMeaning(heading);
}

/** "No. of Barangays" counts them, and is no column of their names: only figures have counting words. */
function countedMeaning(heading: string): HeadingMeaning {
  const meaning = MEANINGS.get(meaningfulWords(heading).join(""));
  const isCounted = meaning?.kind === "column" ? isField(meaning.column) : meaning?.kind !== "row-numbers";
  return meaning !== undefined && isCounted ? meaning : { kind: "unknown" };
}

/** The column that a heading means by itself; null where it means none. */
export function columnNamed(heading: string, mapping: ColumnMapping): string | null {
  const meaning = meaningOf(heading, mapping);
  if (meaning.kind === "population") return "estimated_obc_population";
  return meaning.kind === "column" ? meaning.column : null;
}

/**
 * Reads pairs of a heading and a column; an empty or null column ignores the heading.
 *
 * @throws UsageError for an unknown column
 */
export function readColumnMapping(
  pairs: ReadonlyArray<readonly [heading: string, column: string | null]>,
  { optional }: Pick<MappedHeading, "optional"> = { optional: false },
): ColumnMapping {
  const mapping = new Map<string, MappedHeading>();
  for (const [heading, text] of pairs) {
    const wanted = (text ?? "").trim();
    const column = wanted === "" ? null : columnGiven(wanted);
    if (column === undefined) {
      throw new UsageError(
        `"${heading}" cannot be mapped to "${wanted}": unknown column`,
        `The known columns are: ${IMPORT_COLUMNS.join(", ")}. Map it to nothing to ignore it.`,
      );
    }
    mapping.set(squeezeHeading(heading), { heading, column, optional });
  }
  return mapping;
}

/** The column that a user names as the target of a mapping, by its name or a heading that means it. */
export function columnGiven(text: string): string | undefined {
  const meaning = MEANINGS.get(squeezeHeading(text));
  return meaning?.kind === "column" ? meaning.column : undefined;
}

export function isCommunityColumn(column: string): boolean {
  return COMMUNITY_COLUMNS.includes(column);
}
