import type { ChalkInstance } from "chalk";

/** How text is to look: colours or none, everything or only findings, all fields or the first few. */
export interface Style {
  paint: ChalkInstance;
  quiet: boolean;
  details: boolean;
}

/** 1234567 as 1,234,567. */
export function grouped(figure: number): string {
  return figure.toLocaleString("en-US");
}

/** "1 municipality", "2 municipalities". */
export function counted(count: number, singular: string, plural: string): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

export function seconds(durationMs: number): string {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
