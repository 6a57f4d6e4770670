import type { ChalkInstance } from "chalk";
import { grouped, groupedFixed } from "../../core/grouped.ts";

export interface Style {
  /** Colours, or none. */
  paint: ChalkInstance;
  /** Whether to print findings only. */
  quiet: boolean;
  /** Whether to list all fields instead of the first few. */
  details: boolean;
  /** Columns of the terminal; null where there is none. */
  width: number | null;
}

/**
 * Wraps a sentence to the width of the terminal, with all lines but the first indented. Without a terminal it stays on
 * one line, for grep. Do not wrap commands: they must stay on one line to be copied.
 */
export function wrapped(
  text: string,
  { width }: Style,
  indent: string,
  color: (line: string) => string = (line) => line,
): string[] {
  if (width === null) return [color(text)];
  const [first = "", ...words] = text.split(/(?<=\S) (?=\S)/);
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(indent + word);
  }
  return lines.map((line) => color(line));
}

/** A heading with details on one line. Where the terminal is too narrow for both, the details are on lines below. */
export function headed(
  heading: string,
  details: string,
  style: Style,
  color: (heading: string) => string = (text) => text,
): string[] {
  const { paint, width } = style;
  if (details !== "" && (width === null || heading.length + GAP.length + details.length <= width)) {
    return [`${color(heading)}${GAP}${paint.dim(details)}`];
  }
  const above = wrapped(heading, style, BELOW, color);
  return details === "" ? above : [...above, ...wrapped(BELOW + details, style, BELOW, paint.dim)];
}

/** Between a heading and its details. */
const GAP = "   ";

/** The indent of details below a heading. */
const BELOW = "      ";

/** Truncates a line to the given width. */
export function cut(line: string, width: number | null): string {
  return width !== null && line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

/** "1 municipality", "2 municipalities". */
export function counted(count: number, singular: string, plural: string): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

export function seconds(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${groupedFixed(durationMs / 1000, 1)} s`;
}

/** "+1,234" or "-1,234". */
export function signed(change: number): string {
  return change > 0 ? `+${grouped(change)}` : grouped(change);
}

/** "95.6 %" */
export function percent(share: number): string {
  return `${groupedFixed(share * 100, 1)} %`;
}
