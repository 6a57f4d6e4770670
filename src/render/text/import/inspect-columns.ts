import { grouped } from "../../../core/grouped.ts";
import { columnLetters } from "../../../core/headings/column-letters.ts";
import type { ColumnProfile } from "../../../core/import/column-profile.ts";
import type { InspectedTable } from "../../../core/import/inspect-report.ts";
import { cut, type Style } from "../style.ts";
import { type Column, tableLines } from "../table.ts";

/** The table of the columns of a file: what each is read as, and what it holds. */
export function columnLines({ columns }: InspectedTable, isWorkbook: boolean, style: Style): string[] {
  const key: Column<ColumnProfile> = {
    head: "",
    align: "right",
    cell: ({ position }) => (isWorkbook ? columnLetters(position - 1) : String(position)),
  };
  const text = (head: string, shortest: number, cell: (profile: ColumnProfile) => string): Column<ColumnProfile> => ({
    ...{ head, align: "left", shortest, cell },
  });
  const count = (head: string, cell: (profile: ColumnProfile) => number): Column<ColumnProfile> => ({
    ...{ head, align: "right", cell: (profile) => grouped(cell(profile)) },
  });
  const samples = style.width === null ? 60 : Math.max(26, style.width - 90);
  const group = [
    text("Heading", 10, ({ heading }) => oneLine(heading)),
    text("Read as", 12, readAs),
    count("Filled", ({ filled }) => filled),
    ...(columns.some(isBad) ? [count("Bad", (profile) => (isBad(profile) ? profile.invalid : 0))] : []),
    { head: "Values", align: "left", cell: (profile: ColumnProfile) => cut(valuesOf(profile), samples) } as const,
  ];
  return tableLines(key, [group], columns, style);
}

/** Cells of an unknown column are neither good nor bad. */
function isBad({ invalid, reason }: ColumnProfile): boolean {
  return reason === null && invalid > 0;
}

function readAs({ column, reason }: ColumnProfile): string {
  switch (reason) {
    case null:
      return column ?? "";
    case "unknown":
      return "(unknown)";
    case "no-heading":
      return "(no heading)";
    case "ignored":
      return "(not imported)";
  }
}

/** "1 to 240, sum 12,345", or the first values of a column of text. */
function valuesOf({ smallest, largest, sum, invalid, samples, column }: ColumnProfile): string {
  if (smallest === null || largest === null || (column === null && invalid > 0))
    return samples.map(oneLine).join(" · ");
  const range = smallest === largest ? shown(smallest) : `${shown(smallest)} to ${shown(largest)}`;
  return sum === null ? range : `${range}, sum ${grouped(sum)}`;
}

/** Coordinates have decimals. */
function shown(number: number): string {
  return Number.isInteger(number) ? grouped(number) : String(number);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
