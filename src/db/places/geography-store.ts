import type { Knex } from "knex";
import { type GeographyDiff, PLACE_LEVELS, type Place, type PlaceLevel } from "../../core/geography/geography-diff.ts";
import type { OldName } from "../../core/places/place-directory.ts";
import type { ColumnType } from "../connection/column-type.ts";
import type { Dialect } from "../connection/dialect.ts";
import { tagged } from "../connection/statement-log.ts";
import { LEVELS, TABLES } from "../schema/tables.ts";
import { PLACE_TABLES } from "./geography-reader.ts";
import { readOldNames } from "./place-directory-reader.ts";

/** Gives units the code that a newer edition has for them, one statement a level. */
export async function recodePlaces(
  transaction: Knex.Transaction,
  dialect: Dialect,
  recoded: GeographyDiff["recoded"],
): Promise<void> {
  const source = dialect.rowsFromJson([
    ["old_code", "text"],
    ["new_code", "text"],
  ]);
  for (const level of PLACE_LEVELS) {
    const codes = recoded.filter((place) => place.level === level).map(({ from, to }) => [from, to]);
    if (codes.length === 0) continue;
    const { table } = PLACE_TABLES[level];
    const sql = `update ${table} set code = change.new_code from (select * from ${source}) change where code = change.old_code`;
    await transaction.raw(tagged("write", sql), [JSON.stringify(codes)]);
  }
}

/** Inserts or updates units by code, top down, one statement a level. */
export async function writePlaces(
  transaction: Knex.Transaction,
  dialect: Dialect,
  places: readonly Place[],
): Promise<void> {
  for (const level of PLACE_LEVELS) {
    const rows = places.filter((place) => place.level === level);
    if (rows.length > 0) await writeLevel(transaction, dialect, level, rows);
  }
}

async function writeLevel(
  transaction: Knex.Transaction,
  dialect: Dialect,
  level: PlaceLevel,
  places: readonly Place[],
): Promise<void> {
  const { table, parent, hasKind, hasPopulation } = PLACE_TABLES[level];
  const columns: Array<[name: "name" | "kind" | "population", type: ColumnType]> = [
    ["name", "text"],
    ...(hasKind ? [["kind", "text"] as ["kind", ColumnType]] : []),
    ...(hasPopulation ? [["population", "integer"] as ["population", ColumnType]] : []),
  ];
  const names = columns.map(([name]) => name);
  const source = dialect.rowsFromJson([["code", "text"], ["parent_code", "text"], ...columns]);
  const written = [...(parent === null ? [] : [parent.key]), ...names];
  const sql = `insert into ${table} (code, ${written.join(", ")})
    select place.code, ${[...(parent === null ? [] : ["parent.id"]), ...names.map((name) => `place.${name}`)].join(", ")}
      from (select * from ${source}) place ${parent === null ? "" : `join ${parent.table} parent on parent.code = place.parent_code`}
     where true order by place.code
    on conflict (code) do update set ${written.map((name) => `${name} = excluded.${name}`).join(", ")}`;
  const rows = places.map((place) => [place.code, place.parentCode, ...names.map((name) => place[name])]);
  await transaction.raw(tagged("write", sql), [JSON.stringify(rows)]);
}

/**
 * Stores the names that places had before, where they are not what is stored. An edition that lists none says nothing
 * of them.
 */
export async function writeOldNames(
  transaction: Knex.Transaction,
  dialect: Dialect,
  oldNames: readonly OldName[],
): Promise<void> {
  if (oldNames.length === 0) return;
  const text = (names: readonly OldName[]) =>
    names
      .map(({ code, name }) => `${code} ${name}`)
      .toSorted()
      .join("\n");
  if (text(await readOldNames(transaction)) === text(oldNames)) return;
  await transaction.raw(tagged("write", `delete from ${TABLES.placeOldNames}`));
  const source = dialect.rowsFromJson([
    ["code", "text"],
    ["name", "text"],
  ]);
  await transaction.raw(
    tagged("write", `insert into ${TABLES.placeOldNames} (code, name) select distinct code, name from ${source}`),
    [JSON.stringify(oldNames.map(({ code, name }) => [code, name]))],
  );
}

/** Removes units from the bottom up, with the automatic coverages that were only derived from them. */
export async function removePlaces(
  transaction: Knex.Transaction,
  dialect: Dialect,
  places: readonly Place[],
): Promise<void> {
  const dropped = `select code from ${dialect.rowsFromJson([["code", "text"]])}`;
  for (const level of PLACE_LEVELS.toReversed()) {
    const codes = places.filter((place) => place.level === level).map(({ code }) => [code]);
    if (codes.length === 0) continue;
    const bindings = [JSON.stringify(codes)];
    if (level === "municipality" || level === "province") {
      const { coverages, units, key } = LEVELS[level];
      const sql = `delete from ${coverages} where ${key} in (select id from ${units} where code in (${dropped}))`;
      await transaction.raw(tagged("write", sql), bindings);
    }
    const sql = `delete from ${PLACE_TABLES[level].table} where code in (${dropped})`;
    await transaction.raw(tagged("write", sql), bindings);
  }
}
