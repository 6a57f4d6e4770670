import type { ChalkInstance } from "chalk";
import { grouped } from "../../core/grouped.ts";

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

/** Truncates a line to the given width. */
export function cut(line: string, width: number | null): string {
  return width !== null && line.length > width ? `${line.slice(0, width - 1)}…` : line;
}

/** "1 municipality", "2 municipalities". */
export function counted(count: number, singular: string, plural: string): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

export function seconds(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
