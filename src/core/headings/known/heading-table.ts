import { IMPORT_COLUMNS, listed } from "../import-columns.ts";
import { KNOWN_HEADINGS, NOT_OURS, ROW_NUMBERS, UNSPECIFIC_POPULATION } from "./known-headings.ts";

/** A column that a file of communities may have, and the headings besides its name that are read as it. */
export interface KnownColumn {
  /** Null for headings that are understood but not imported. */
  column: string | null;
  headings: string[];
  /** What else a user should know; "" where there is nothing. */
  note: string;
}

/** All headings that are known, by the column that they mean. */
export function knownColumns(): KnownColumn[] {
  const columns = IMPORT_COLUMNS.map((column) => ({
    column,
    headings: listed(KNOWN_HEADINGS[column] ?? ""),
    note: "",
  }));
  const notOurs = Object.entries(NOT_OURS).map(([what, headings]) => ({
    column: null,
    headings: listed(headings),
    note: `passed over: there is no field for ${what}`,
  }));
  return [
    ...columns.map((known) => ({ ...known, headings: known.headings.filter((heading) => heading !== "") })),
    {
      column: "estimated_obc_population",
      headings: listed(UNSPECIFIC_POPULATION),
      note: "if no other column means it; otherwise total_barangay_population",
    },
    { column: null, headings: listed(ROW_NUMBERS), note: "passed over, before the first figure: row numbers" },
    ...notOurs,
  ];
}
