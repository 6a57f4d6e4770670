import type { ReadHeading } from "../../../core/records/read-columns.ts";
import { type Style, wrapped } from "../style.ts";

/** What the headings of the file were read as, where that is not their own name, and a blank line after it. */
export function headingLines(headings: readonly ReadHeading[] = [], style: Style): string[] {
  if (headings.length === 0) return [];
  const plain = headings.filter(({ column, note }) => column !== null && note === "");
  const read = plain.map(({ heading, column }) => `${quoted(heading)} → ${column}`).join(", ");
  const others = headings.filter(({ column, note }) => column === null || note !== "");
  return [
    ...(plain.length > 0 ? wrapped(`Headings: ${read}`, style, "  ") : []),
    ...others.flatMap(({ heading, column, note }) =>
      wrapped(
        column === null
          ? `Column ${quoted(heading)} is not imported: ${note}`
          : `Column ${quoted(heading)} was read as ${column}, ${note}`,
        style,
        "  ",
      ),
    ),
    "",
  ];
}

function quoted(heading: string): string {
  return `"${heading.trim().slice(0, 60)}"`;
}
