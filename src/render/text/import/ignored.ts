import { grouped } from "../../../core/grouped.ts";
import type { Style } from "../style.ts";

const SHOWN = 20;

/** Names the unknown columns that --ignore-unknown left out: one of them may be a misspelt heading. */
export function ignoredLines(columns: readonly string[] = [], { paint }: Style): string[] {
  if (columns.length === 0) return [];
  const shown = columns.slice(0, SHOWN).map((heading) => `"${heading.slice(0, 60)}"`);
  const rest = columns.length > SHOWN ? ` and ${grouped(columns.length - SHOWN)} more` : "";
  return [paint.yellow(`Ignored ${columns.length === 1 ? "column" : "columns"}: ${shown.join(", ")}${rest}`)];
}
