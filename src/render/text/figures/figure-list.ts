import type { FigureListReport } from "../../../core/figures/figure-list-report.ts";
import { grouped, groupedFixed } from "../../../core/grouped.ts";
import type { UnitValue } from "../../../core/sync/unit-change.ts";
import type { Style } from "../style.ts";
import { type Column, tableLines } from "../table.ts";
import { asOfLine, changedSinceLine, foreignLines, forgottenLines } from "./export.ts";

type Row = FigureListReport["rows"][number];
type ListColumn = FigureListReport["columns"][number];

/** A table with a row for each unit. Columns that do not fit on the terminal are in a table below, by name again. */
export function figureListText(report: FigureListReport, style: Style): string[] {
  const { what, columns, rows, total, asOf, changedSince } = report;
  const since = [
    ...(asOf === null ? [] : [asOfLine(asOf), ...foreignLines(asOf)]),
    ...(changedSince === null ? [] : [changedSinceLine(changedSince), ...forgottenLines(changedSince)]),
  ];
  if (rows.length === 0) return [...since, `No ${what} to list.`];
  const others = columns.map(tableColumn).filter((column, index) => {
    const { name } = columns[index] as ListColumn;
    if (PLACES.test(name)) return false;
    return !HIDDEN_WHERE_ALIKE.has(name) || new Set(rows.map(column.cell)).size > 1;
  });
  const places = [placeColumn(columns)].filter(({ cell }) => rows.some((row) => cell(row) !== ""));
  const groups = [...places, ...others].map((column) => [column]);
  const lines = tableLines(nameColumn(columns), groups, rows, style);
  const rest = total > rows.length ? ` of ${grouped(total)}; all of them with --limit all` : "";
  return [...since, ...lines, style.paint.dim(`${grouped(rows.length)} ${what}${rest}`)];
}

/** The columns of names and codes, which the table has as one name and the places that it is in. */
const PLACES = /^(region|province|municipality|barangay)(_code)?$/;

/** The columns that a list needs only to tell its rows apart. */
const HIDDEN_WHERE_ALIKE: ReadonlySet<string> = new Set(["level", "auto_sync", "is_deleted", "deleted_at"]);

/** The names of a unit and of the places above it, from the nearest up. */
function namesOf(columns: readonly ListColumn[]): (row: Row) => string[] {
  const at = columns.flatMap(({ name }, index) => (PLACES.test(name) && !name.endsWith("_code") ? [index] : []));
  return (row) => at.flatMap((index) => (row[index] === null ? [] : [String(row[index])])).reverse();
}

/** A name is legible at this length. */
const SHORTEST_NAME = 12;

function nameColumn(columns: readonly ListColumn[]): Column<Row> {
  const names = namesOf(columns);
  return { head: "Name", align: "left", cell: (row) => names(row)[0] ?? "", shortest: SHORTEST_NAME };
}

/** The region of a municipality or community is seldom needed, and takes half of the line. */
const PLACES_SHOWN = 2;

function placeColumn(columns: readonly ListColumn[]): Column<Row> {
  const names = namesOf(columns);
  return {
    head: "In",
    align: "left",
    cell: (row) =>
      names(row)
        .slice(1, 1 + PLACES_SHOWN)
        .join(", "),
    shortest: SHORTEST_NAME,
  };
}

function tableColumn({ name, kind }: ListColumn, index: number): Column<Row> {
  const isText = kind === "text" || kind === "time" || kind === "flag";
  return {
    head: headOf(name),
    align: isText ? "left" : "right",
    cell: (row) => cellText(name, kind, row[index] ?? null),
    ...(kind === "text" && !name.endsWith("code") ? { shortest: SHORTEST_NAME } : {}),
  };
}

const HEAD_WIDTH = 12;

/** The name of the column, broken after underscores into lines that are no wider than most figures. */
function headOf(name: string): string {
  const lines = [""];
  for (const part of name.split(/(?<=_)/)) {
    const longer = `${lines.at(-1)}${part}`;
    if (longer.length <= HEAD_WIDTH || lines.at(-1) === "") lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines.join("\n");
}

function cellText(name: string, kind: ListColumn["kind"], value: UnitValue): string {
  if (value === null) return "";
  if (name === "auto_sync") return value ? "auto" : "manual";
  if (name === "is_deleted") return value ? "archived" : "";
  if (kind === "ratio") return groupedFixed(Number(value), 2);
  if (kind === "time") return String(value).slice(0, 16).replace("T", " ");
  return kind === "count" ? grouped(Number(value)) : String(value);
}
