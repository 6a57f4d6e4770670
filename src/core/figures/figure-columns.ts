import { distance } from "fastest-levenshtein";
import { UsageError } from "../errors.ts";
import { COMMUNITY_COORDINATES, isField } from "../fields.ts";
import type { UnitValue } from "../sync/unit-change.ts";
import { type FigureLevel, type FigureRow, FLAGS, figureColumns, placeColumns } from "./figure-row.ts";
import { isRatio, RATIO_NAMES, ratioOf } from "./ratios.ts";

export interface ListColumn {
  name: string;
  kind: "text" | "count" | "degrees" | "ratio" | "flag" | "time";
}

/** One column of an export or a list, and how to read it. */
export interface FigureColumn extends ListColumn {
  read: (row: FigureRow) => UnitValue;
}

export interface ColumnRequest {
  /** The columns to have besides the place and the flags; null for all figures and texts. */
  fields: readonly string[] | null;
  /** Adds the ratios. */
  ratios: boolean;
  /** Whether archived rows are among them, so that the flag is needed. */
  archived: boolean;
}

/**
 * The columns for rows of these levels: the names and codes of the places, the level and the flags, then figures and texts
 * ordered as in the registry of fields, whatever the order of the request. The times of rows are only there on request: no
 * run keeps them, so that figures of the past have none.
 *
 * @param levels from the top down
 */
export function figureColumnsFor(
  levels: readonly FigureLevel[],
  { fields, ratios, archived }: ColumnRequest,
): FigureColumn[] {
  const isCommunities = levels.includes("community");
  const shown = new Set<string>();
  if (!isCommunities) for (const column of ["level", "auto_sync"]) shown.add(column);
  if (archived) shown.add("is_deleted");
  if (fields === null) for (const column of valueColumns(levels)) shown.add(column);
  for (const field of fields ?? []) shown.add(field);
  if (ratios) for (const ratio of RATIO_NAMES) shown.add(ratio);
  const names = [
    ...placeColumns(levels.at(-1) ?? "region"),
    ...optionalColumns(levels).filter((column) => shown.has(column)),
  ];
  return names.map((name) => ({ name, kind: kindOf(name), read: readerOf(name) }));
}

/**
 * Checks the names of fields against the columns that these levels have.
 *
 * @throws UsageError naming unknown fields, each with the most similar one
 */
export function refuseUnknownFields(levels: readonly FigureLevel[], fields: readonly string[]): void {
  const known = [...placeColumns(levels.at(-1) ?? "region"), ...optionalColumns(levels)];
  const unknown = fields.filter((field) => !known.includes(field));
  if (unknown.length === 0) return;
  const similar = unknown.flatMap((field) => {
    const name = nearest(field, known);
    return name === null ? [] : [`${name} for "${field}"`];
  });
  const meant = similar.length === 0 ? "" : `Did you mean ${similar.join(", ")}? `;
  throw new UsageError(
    `unknown ${unknown.length === 1 ? "field" : "fields"} ${unknown.map((field) => `"${field}"`).join(", ")}`,
    `${meant}The fields are: ${optionalColumns(levels).join(", ")}`,
  );
}

/** Every column besides the place, in its order in a file. */
function optionalColumns(levels: readonly FigureLevel[]): string[] {
  const isCommunities = levels.includes("community");
  const flags = isCommunities ? FLAGS.filter((flag) => flag !== "auto_sync") : FLAGS;
  const kinds = isCommunities ? [] : ["level", "kind"];
  return [...kinds, "psgc_code", ...flags, ...valueColumns(levels), ...RATIO_NAMES];
}

/** The totals of coverages, in one order for all levels. */
const TOTALS = [
  "total_provinces",
  "total_municipalities",
  "total_obc_communities",
  "key_municipalities",
  "key_barangays",
];

function valueColumns(levels: readonly FigureLevel[]): string[] {
  if (levels.length === 1) return [...figureColumns(levels[0] as FigureLevel)];
  const all = new Set(levels.flatMap((level) => figureColumns(level)));
  return [...TOTALS.filter((column) => all.has(column)), ...[...all].filter((column) => !TOTALS.includes(column))];
}

/** A name that has the text in it is more similar than one that needs few changes. Null if none is similar. */
function nearest(text: string, names: readonly string[]): string | null {
  const wanted = text.toLowerCase();
  const edits = (name: string) => (name.includes(wanted) ? 0 : distance(name, wanted));
  const [first = ""] = [...names].sort((left, right) => edits(left) - edits(right));
  return edits(first) <= wanted.length / 3 ? first : null;
}

function kindOf(column: string): FigureColumn["kind"] {
  if (isField(column) || column.startsWith("total_")) return "count";
  if (column in COMMUNITY_COORDINATES) return "degrees";
  if (isRatio(column)) return "ratio";
  if (column === "auto_sync" || column === "is_deleted") return "flag";
  return column.endsWith("_at") ? "time" : "text";
}

function readerOf(column: string): FigureColumn["read"] {
  if (column === "level") return ({ level }) => level;
  if (isRatio(column)) return ({ values }) => ratioOf(column, values);
  return ({ values }) => values[column] ?? null;
}

/** The columns of an export that an import has no use for: it ignores them, so that it reads the file back. */
export const EXPORT_ONLY_COLUMNS: readonly string[] = optionalColumns(["community"])
  .filter((column) => !(figureColumns("community") as string[]).includes(column))
  .concat("region_code", "province_code", "municipality_code");
