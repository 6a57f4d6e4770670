import type { Knex } from "knex";
import { exactFigure } from "../../core/figures/exact-figure.ts";
import { type FigureLevel, type FigureRow, figureColumns, placeColumns } from "../../core/figures/figure-row.ts";
import { SUPPORT_PROGRAMS } from "../../core/records/coverage.ts";
import { isNameList } from "../../core/sync/sync-plan.ts";
import type { UnitValue } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { pullRows } from "../connection/statements.ts";
import type { DriverValues } from "../dialect/statements.ts";
import { psgcCode } from "../places/psgc-codes.ts";

/** The names and codes of a unit and of the units above it, of aliases named as the levels of places. */
export function selectPlaces(session: Session, level: FigureLevel, query: Knex.QueryBuilder): Knex.QueryBuilder {
  const place = level === "community" ? "barangay" : level;
  const columns = placeColumns(level).map((column) => {
    const [, above = "", code] = /^(.+?)(_code)?$/.exec(column) ?? [];
    return [column, `${above}.${code === undefined ? "name" : "code"}`];
  });
  return query
    .select({ unit_id: `${place}.id`, ...Object.fromEntries(columns) })
    .select(session.dialect.sql.raw(`${psgcCode(session, place, place)} as psgc_code`));
}

/** The rows of a query that has the columns of a level, one at a time as the reader asks for them. */
export async function* figureRows(
  session: Session,
  level: FigureLevel,
  query: Knex.QueryBuilder,
): AsyncGenerator<FigureRow> {
  const converters = convertersOf(level);
  for await (const { columns, rows } of pullRows(session, "read", query)) {
    const conversions = columns.map((column) => converters.get(column) ?? asRead);
    const blank = Object.fromEntries(columns.filter((column) => column !== "unit_id").map((column) => [column, null]));
    for (const row of rows) yield figureRow(level, blank, columns, conversions, row);
  }
}

type Conversion = (value: DriverValues[number], column: string) => UnitValue;

/** @param blank a row without values: a copy of it has all columns from the start, so that no row has to grow */
function figureRow(
  level: FigureLevel,
  blank: FigureRow["values"],
  columns: readonly string[],
  conversions: readonly Conversion[],
  row: DriverValues,
): FigureRow {
  const values = { ...blank };
  let unitId = 0;
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index] as string;
    const value = row[index] ?? null;
    if (column === "unit_id") unitId = Number(value);
    else if (value !== null) values[column] = (conversions[index] as Conversion)(value, column);
  }
  return { level, unitId, values };
}

function convertersOf(level: FigureLevel): Map<string, Conversion> {
  const converters = new Map<string, Conversion>([
    ["auto_sync", Boolean],
    ["is_deleted", Boolean],
    ["created_at", asIsoTime],
    ["deleted_at", asIsoTime],
    ["updated_at", asIsoTime],
  ]);
  if (level === "community") return converters;
  for (const column of figureColumns(level)) {
    if (!isNameList(column) && column !== SUPPORT_PROGRAMS) converters.set(column, asFigure);
  }
  return converters;
}

function asRead(value: DriverValues[number]): UnitValue {
  return value instanceof Date ? value.toISOString() : value;
}

/** PostgreSQL's sums are text. */
function asFigure(value: DriverValues[number], column: string): number {
  return exactFigure(Number(value), column);
}

/** SQLite has times as text, in UTC: 2026-11-24 14:38:08, also with T, fractions of seconds, and Z or an offset. */
function asIsoTime(value: DriverValues[number]): string {
  if (value instanceof Date) return value.toISOString();
  const [, day, clock, zone = "Z"] = TIME.exec(String(value)) ?? [];
  const time = new Date(`${day}T${clock}${zone}`);
  return Number.isNaN(time.getTime()) ? String(value) : time.toISOString();
}

const TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*(Z|[+-]\d\d:\d\d)?$/;
