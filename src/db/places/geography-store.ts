import { type GeographyDiff, PLACE_LEVELS, type Place, type PlaceLevel } from "../../core/geography/geography-diff.ts";
import type { OldName } from "../../core/places/place-directory.ts";
import type { Session } from "../connection/session.ts";
import { write } from "../connection/statements.ts";
import type { ColumnType } from "../dialect/columns.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn, type TableName } from "../schema/schema.ts";
import { PLACE_TABLES } from "./geography-reader.ts";
import { readOldNamesByPsgcCode } from "./place-directory-reader.ts";

/** Changes the codes of units to those of a newer edition, with one statement for each level. */
export async function recodePlaces(session: Session, recoded: GeographyDiff["recoded"]): Promise<void> {
  const source = session.dialect.expressions.rowsFromJson([
    ["old_code", "text"],
    ["new_code", "text"],
  ]);
  for (const level of PLACE_LEVELS) {
    const codes = recoded.filter((place) => place.level === level).map(({ from, to }) => [from, to]);
    if (codes.length === 0) continue;
    const { name, own } = baseTable(session, PLACE_TABLES[level].table);
    const sql = `update ${name} set ${own("code")} = change.new_code
      from (select * from ${source}) change where ${own("code")} = change.old_code`;
    await write(session, "write", { sql, bindings: [JSON.stringify(codes)] });
  }
}

/** Inserts or updates units by code, top down, with one statement for each level. */
export async function writePlaces(session: Session, places: readonly Place[]): Promise<void> {
  for (const level of PLACE_LEVELS) {
    const rows = places.filter((place) => place.level === level);
    if (rows.length > 0) await writeLevel(session, level, rows);
  }
}

async function writeLevel(session: Session, level: PlaceLevel, places: readonly Place[]): Promise<void> {
  const { table, parent, hasKind, hasPopulation } = PLACE_TABLES[level];
  const { name, own } = baseTable(session, table);
  const columns: Array<[name: "name" | "kind" | "population", type: ColumnType]> = [
    ["name", "text"],
    ...(hasKind ? [["kind", "text"] as ["kind", ColumnType]] : []),
    ...(hasPopulation ? [["population", "integer"] as ["population", ColumnType]] : []),
  ];
  const names = columns.map(([column]) => column);
  const source = session.dialect.expressions.rowsFromJson([["code", "text"], ["parent_code", "text"], ...columns]);
  const written = [...(parent === null ? [] : [parent.key]), ...names].map(own);
  const values = [...(parent === null ? [] : ["parent.id"]), ...names.map((column) => `place.${column}`)];
  const above =
    parent === null ? "" : `join ${session.schema.relations[parent.table]} parent on parent.code = place.parent_code`;
  const sql = `insert into ${name} (${[own("code"), ...written].join(", ")})
    select place.code, ${values.join(", ")}
      from (select * from ${source}) place ${above}
     where true order by place.code
    on conflict (${own("code")}) do update set ${written.map((column) => `${column} = excluded.${column}`).join(", ")}`;
  const rows = places.map((place) => [place.code, place.parentCode, ...names.map((column) => place[column])]);
  await write(session, "write", { sql, bindings: [JSON.stringify(rows)] });
}

/** Replaces the old names of places if they differ. An edition without old names changes nothing. */
export async function writeOldNames(session: Session, oldNames: readonly OldName[]): Promise<void> {
  if (oldNames.length === 0) return;
  const text = (names: readonly OldName[]) =>
    names
      .map(({ code, name }) => `${code} ${name}`)
      .toSorted()
      .join("\n");
  if (text(await readOldNamesByPsgcCode(session)) === text(oldNames)) return;
  await write(session, "write", { sql: `delete from ${BOOKKEEPING.oldNames}`, bindings: [] });
  const source = session.dialect.expressions.rowsFromJson([
    ["code", "text"],
    ["name", "text"],
  ]);
  await write(session, "write", {
    sql: `insert into ${BOOKKEEPING.oldNames} (code, name) select distinct code, name from ${source}`,
    bindings: [JSON.stringify(oldNames.map(({ code, name }) => [code, name]))],
  });
}

/** Removes units, bottom up, with their automatic coverages. */
export async function removePlaces(session: Session, places: readonly Place[]): Promise<void> {
  const dropped = `select code from ${session.dialect.expressions.rowsFromJson([["code", "text"]])}`;
  for (const level of PLACE_LEVELS.toReversed()) {
    const codes = places.filter((place) => place.level === level).map(({ code }) => [code]);
    if (codes.length === 0) continue;
    const bindings = [JSON.stringify(codes)];
    if (level === "municipality" || level === "province") {
      const { coverages, units, key } = COVERAGE_TABLES[level];
      const { name, own } = baseTable(session, coverages);
      const ids = `select id from ${session.schema.relations[units]} unit where code in (${dropped})`;
      await write(session, "write", { sql: `delete from ${name} where ${own(key)} in (${ids})`, bindings });
    }
    const { name, own } = baseTable(session, PLACE_TABLES[level].table);
    await write(session, "write", { sql: `delete from ${name} where ${own("code")} in (${dropped})`, bindings });
  }
}

function baseTable({ schema }: Session, table: TableName): { name: string; own: (column: string) => string } {
  return { name: schema.tables[table].name, own: (column) => ownColumn(schema.tables[table], column) };
}
