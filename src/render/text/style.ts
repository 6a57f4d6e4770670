import type { ChalkInstance } from "chalk";
import { grouped } from "../../core/grouped.ts";

/** How text is to look: colours or none, everything or only findings, all fields or the first few, how wide. */
export interface Style {
  paint: ChalkInstance;
  quiet: boolean;
  details: boolean;
  /** Columns of the terminal; null where there is none. */
  width: number | null;
}

/**
 * Prose in lines that the terminal does not break inside a word or a figure, all but the first behind an indent. Off a
 * terminal it stays one line, for grep. A command to be copied does not go through here: it has to stay in one piece.
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

/** As much of a long line as fits; all of it where no width is given. */
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
