import type { CodesReport } from "../../../core/geography/code-changes.ts";
import { PLACE_LEVELS, type PlaceLevel } from "../../../core/geography/geography-diff.ts";
import { grouped } from "../../../core/grouped.ts";
import type { Style } from "../style.ts";

const UNPLACED_SHOWN = 20;

const PLURALS: Record<PlaceLevel, string> = {
  region: "regions",
  province: "provinces",
  municipality: "municipalities",
  barangay: "barangays",
};

/** The places of an application whose PSGC code was not found, and how many have one. */
export function codesLines({ unplaced, placed, unused }: CodesReport, { paint }: Style): string[] {
  const listed = unplaced.slice(0, UNPLACED_SHOWN).map(({ level, code, name, parent, message }) => {
    return `  ${paint.yellow("!")} ${level} ${code} ${[name, parent].filter((part) => part !== "").join(", ")}: ${message}`;
  });
  const rest = unplaced.length - listed.length;
  return [
    ...(unplaced.length > 0
      ? [paint.yellow(`Places whose PSGC code was not found by their name: ${grouped(unplaced.length)}`), ...listed]
      : []),
    ...(rest > 0 ? [`  and ${grouped(rest)} more (--json lists all)`] : []),
    ...(unplaced.length > 0 ? [""] : []),
    `With a PSGC code now: ${byLevel(placed)}`,
    `Units of the PSGC that no place has: ${byLevel(unused)}`,
  ];
}

function byLevel(counts: Record<PlaceLevel, number>): string {
  return PLACE_LEVELS.map((level) => `${grouped(counts[level])} ${PLURALS[level]}`).join(", ");
}
