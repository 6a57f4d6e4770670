import type { UnitChange } from "../../../core/sync/unit-change.ts";
import { counted, type Style } from "../style.ts";
import { digestOf } from "./digest.ts";
import { digestLines } from "./digest-lines.ts";
import { type Tense, unitLines } from "./unit-lines.ts";

/** More units than this do not fit on a screen, and nobody reads them one by one: a list of them becomes a digest. */
const UNITS_LISTED = 40;

/** Every changed unit, or a digest where there are many and --details is not given. */
export function* changeList(changes: readonly UnitChange[], tense: Tense, style: Style): Generator<string> {
  if (isDigested(changes, style)) yield* digestLines(digestOf(changes), tense, style);
  else for (const change of changes) yield* unitLines(change, tense, style);
}

export function isDigested(changes: readonly UnitChange[], { details }: Style): boolean {
  return changes.length > UNITS_LISTED && !details;
}

/** How many communities change besides those listed; nothing where all are. */
export function omittedLines(omitted: number): string[] {
  return omitted === 0 ? [] : [`and ${counted(omitted, "community", "communities")} more, which are not among these`];
}
