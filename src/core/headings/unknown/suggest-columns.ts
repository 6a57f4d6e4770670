import { distance } from "fastest-levenshtein";
import { isField } from "../../fields.ts";
import { IMPORT_COLUMNS, listed } from "../import-columns.ts";
import { meaningfulWords, squeezeHeading, wordsOf } from "../known/heading-words.ts";
import { KNOWN_HEADINGS, SEVERAL_MEANINGS, UNSPECIFIC_POPULATION } from "../known/known-headings.ts";
import type { UnderstoodHeadings } from "../understood-headings.ts";

/** Headings are compared up to this length; a cell may hold a megabyte. */
const MAX_COMPARED = 100;
const SUGGESTED = 2;
/** Below this similarity, from 0 to 1, a suggestion would mislead more often than help. */
const MIN_LIKENESS = 0.5;
/** A second suggestion must be nearly as similar as the first. */
const MAX_LAG = 0.15;

interface KnownForm {
  column: string;
  words: string[];
  squeezed: string;
}

let knownForms: KnownForm[] | undefined;

/**
 * The columns that an unknown heading may mean, the likeliest first, at most two. They are only suggested: a heading is
 * never taken for what it resembles.
 *
 * @param taken columns that other headings of the file mean
 */
export function suggestColumns(heading: string, taken: ReadonlySet<string>): string[] {
  const cut = heading.slice(0, MAX_COMPARED);
  const several = SEVERAL_BY_HEADING.get(meaningfulWords(cut).join(""));
  if (several !== undefined) return several.filter((column) => !taken.has(column)).slice(0, SUGGESTED);
  const words = meaningfulWords(cut).map(singular);
  const squeezed = words.join("");
  const all = wordsOf(cut);
  // A share of a count is no count.
  if (squeezed === "" || all.includes("percent") || all.some((word) => OF_OTHERS.has(word))) return [];
  if (isPartOfSeveral(words)) return [];
  const best = new Map<string, number>();
  for (const known of allKnownForms()) {
    if (taken.has(known.column)) continue;
    const likeness = likenessOf(words, squeezed, known);
    if (likeness > (best.get(known.column) ?? 0)) best.set(known.column, likeness);
  }
  const ranked = [...best].filter(([, likeness]) => likeness >= MIN_LIKENESS).sort(([, a], [, b]) => b - a);
  const [, top = 0] = ranked[0] ?? [];
  return ranked
    .filter(([, likeness]) => top - likeness <= MAX_LAG)
    .slice(0, SUGGESTED)
    .map(([column]) => column);
}

/** Words of a heading that counts others than those of a field. */
const OF_OTHERS = new Set(["non", "not", "without", "except", "excluding", "hindi", "dili", "christian", "christians"]);

/** Headings that may mean either of two fields: "Number of Families/Households". */
const HOMES: ReadonlySet<string> = new Set(["households", "families"]);

/** Whether a heading names several fields, such as "PWD Female": it counts those who belong to both, or to either. */
function isPartOfSeveral(words: readonly string[]): boolean {
  const whole = allKnownForms().filter(
    (known) => isField(known.column) && known.words.length > 0 && known.words.every((word) => words.includes(word)),
  );
  // Everybody counted in a community is of its population.
  const named = new Set(whole.map(({ column }) => column).filter((column) => !column.endsWith("_population")));
  return named.size > 1 && ![...named].every((column) => HOMES.has(column));
}

/** An unknown heading, with the columns that it may mean. */
export interface SuggestedColumns {
  heading: string;
  columns: string[];
}

/** The unknown headings of a file, each once, with its suggestions. */
export function suggestForUnknown({ headings, names }: Omit<UnderstoodHeadings, "readAs">): SuggestedColumns[] {
  const taken = new Set(names.filter((name) => typeof name === "string"));
  const unknown = headings.filter((_, index) => names[index] === undefined);
  const once = new Map(unknown.toReversed().map((heading) => [squeezeHeading(heading) || heading, heading]));
  return [...once.values()].toReversed().map((heading) => ({ heading, columns: suggestColumns(heading, taken) }));
}

const SEVERAL_BY_HEADING = new Map(
  Object.entries(SEVERAL_MEANINGS).map(([heading, columns]) => [squeezeHeading(heading), columns]),
);

/** The share of words in common, or the similarity of the letters. */
function likenessOf(words: readonly string[], squeezed: string, known: KnownForm): number {
  const common = words.filter((word) => known.words.includes(word)).length;
  const ofWords = (2 * common) / (words.length + known.words.length);
  const longest = Math.max(squeezed.length, known.squeezed.length);
  // Letters in common mean nothing in short headings: "IP" and "PO".
  if (longest < 5) return ofWords;
  return Math.max(ofWords, 1 - distance(squeezed, known.squeezed) / longest);
}

function allKnownForms(): KnownForm[] {
  knownForms ??= IMPORT_COLUMNS.flatMap((column) => {
    const population = column === "estimated_obc_population" ? listed(UNSPECIFIC_POPULATION) : [];
    const headings = [column.replaceAll("_", " "), ...listed(KNOWN_HEADINGS[column] ?? ""), ...population];
    return headings.map((heading) => {
      const words = meaningfulWords(heading).map(singular);
      return { column, words, squeezed: words.join("") };
    });
  });
  return knownForms;
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, "") : word;
}
