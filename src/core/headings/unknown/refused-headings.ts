/** Refuses a file for its headings: one that --map names is missing, one is unknown, or two mean the same column. */
import { distance } from "fastest-levenshtein";
import { InputError } from "../../errors.ts";
import type { ColumnMapping } from "../import-columns.ts";
import { squeezeHeading } from "../known/heading-words.ts";
import type { UnderstoodHeadings } from "../understood-headings.ts";
import { type SuggestedColumns, suggestForUnknown } from "./suggest-columns.ts";

const NEAREST_SHOWN = 3;

/** @throws InputError where the file lacks a heading that the user maps */
export function refuseUnmatched(headings: readonly string[], mapping: ColumnMapping, where: string): void {
  const present = new Set(headings.map(squeezeHeading));
  const missing = [...mapping].filter(([squeezed, { optional }]) => !optional && !present.has(squeezed));
  if (missing.length === 0) return;
  const unlike = (heading: string) =>
    Math.min(...missing.map(([squeezed]) => distance(squeezed, squeezeHeading(heading))));
  const nearest = headings
    .filter((heading) => heading.trim() !== "")
    .toSorted((left, right) => unlike(left) - unlike(right))
    .slice(0, NEAREST_SHOWN);
  throw new InputError(
    `${where}: no ${missing.length === 1 ? "column" : "columns"} ${quoted(missing.map(([, { heading }]) => heading))} to map`,
    `The most similar columns of the file are: ${quoted(nearest)}. Correct --map, or remove it.`,
  );
}

/** A file that is no list of communities has hundreds of unknown headings. */
const SUGGESTIONS_SHOWN = 20;

/** @throws InputError listing all unknown headings */
export function refuseUnknown(understood: UnderstoodHeadings, where: string): void {
  const unknown = suggestForUnknown(understood);
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, SUGGESTIONS_SHOWN);
  const rest = unknown.length > shown.length ? [`and ${unknown.length - shown.length} more`] : [];
  throw new InputError(
    `${where}: unknown ${unknown.length === 1 ? "column" : "columns"} ${quoted(unknown.map(({ heading }) => heading))}`,
    [
      ...shown.map(didYouMean),
      ...rest,
      "To ignore unknown columns, add --ignore-unknown. To list the fields: obc-sync import communities --list-columns",
    ].join("\n  "),
  );
}

function didYouMean({ heading, columns }: SuggestedColumns): string {
  const cut = oneLine(heading).slice(0, 60);
  if (columns.length === 0) return `"${cut}" resembles no field. To ignore it: --map "${cut}="`;
  return `"${cut}": did you mean ${columns.join(" or ")}? --map "${cut}=${columns[0]}"`;
}

/** @throws InputError listing the fields that several headings mean, with the headings of each */
export function refuseDoubled({ headings, names }: UnderstoodHeadings, where: string): void {
  const byField = new Map<string, string[]>();
  for (const [index, name] of names.entries()) {
    // Columns that are ignored (null) or unknown cannot conflict with others.
    if (name) byField.set(name, [...(byField.get(name) ?? []), headings[index] as string]);
  }
  const doubled = [...byField].filter(([, alike]) => alike.length > 1);
  if (doubled.length === 0) return;
  throw new InputError(
    `${where}: the header has more than one column for the same field: ${doubled.map(([field, alike]) => `${field} (${quoted(alike)})`).join(", ")}`,
    doubled.map(([field, alike]) => keepOne(field, alike)).join("\n  "),
  );
}

function keepOne(field: string, headings: readonly string[]): string {
  // A mapping applies to all columns with the same heading.
  const isEachUnique = new Set(headings.map(squeezeHeading)).size === headings.length;
  if (!isEachUnique) return `${field}: remove the columns that are not meant, or give them other headings.`;
  const others = headings.slice(1).map((heading) => `--map "${oneLine(heading).slice(0, 60)}="`);
  return `${field}: keep one of them. To keep ${quoted(headings.slice(0, 1))}: ${others.join(" ")}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${oneLine(name).slice(0, 60)}"`).join(", ");
}

/** A heading may have line breaks, which would look like lines of the hint. */
function oneLine(heading: string): string {
  return heading.trim().replace(/\s+/g, " ");
}
