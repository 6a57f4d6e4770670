import type { ScopeSummary } from "../sync/scope.ts";

/** Where the rows of an export come from. */
export interface Provenance {
  /** What the rows are: "communities", or "coverages" of one level or all. */
  what: string;
  /** Path or URL of the database, without a password. */
  database: string;
  /** The schema: native or obcms. */
  schema: string;
  /** ISO 8601 in UTC. */
  exportedAt: string;
  /** The edition of the PSGC, or the file from which it was imported last; null where that is not recorded. */
  geography: string | null;
  /** Codes of the units that the rows are limited to; names where the user gave them. */
  scope: ScopeSummary & { names?: readonly string[] };
  /** What else the rows were chosen by, in words; empty for nothing. */
  filters: readonly string[];
  /** What readers must know about the figures, in words. */
  notes: readonly string[];
  /** The program and its version. */
  tool: string;
}

/** The same as pairs of a label and a text, for people to read. */
export function provenanceLines(provenance: Provenance): Array<[label: string, text: string]> {
  const { what, scope, database, schema, exportedAt, geography, filters, notes, tool } = provenance;
  const units = scope.names ?? scope.units;
  return [
    ["Content", what],
    ["Scope", scope.kind === "all" ? "everything" : `${scope.kind}: ${units.join("; ")}`],
    ["Filters", filters.length === 0 ? "none" : filters.join("; ")],
    ["Exported (UTC)", exportedAt],
    ["Database", `${database} (schema ${schema})`],
    ["Geography", geography ?? "unknown"],
    ...notes.map((note): [string, string] => ["Note", note]),
    ["Tool", tool],
  ];
}
