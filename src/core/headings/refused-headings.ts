/** Refuses a file for its headings: one that --map names is missing, one is unknown, or two mean the same column. */
import { distance } from "fastest-levenshtein";
import { InputError } from "../errors.ts";
import { squeezeHeading } from "./heading-words.ts";
import type { ColumnMapping } from "./import-columns.ts";
import { type SuggestedColumns, suggestForUnknown } from "./suggest-columns.ts";
import type { UnderstoodHeadings } from "./understood-headings.ts";

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

/** @throws InputError listing the headings that mean the same column, or are the same unknown heading */
export function refuseDoubled({ headings, names }: UnderstoodHeadings, where: string): void {
  // An ignored column (null) cannot conflict with another one.
  const keys = names.map((name, index) => (name === undefined ? squeezeHeading(headings[index] as string) : name));
  const counts = new Map<string, number>();
  for (const key of keys) if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  const doubled = headings.filter((_, index) => (counts.get(keys[index] ?? "") ?? 0) > 1);
  if (doubled.length === 0) return;
  throw new InputError(
    `${where}: the header has more than one column for the same field: ${quoted([...new Set(doubled)])}`,
    "Keep one of them.",
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${oneLine(name).slice(0, 60)}"`).join(", ");
}

/** A heading may have line breaks, which would look like lines of the hint. */
function oneLine(heading: string): string {
  return heading.trim().replace(/\s+/g, " ");
}
