import type { Knex } from "knex";
import type { ForeignUnit } from "../../core/figures/as-of.ts";
import { type FigureRow, FLAGS, figureColumns } from "../../core/figures/figure-row.ts";
import { type ForeignChange, type PastPoint, type RunChange, stateAt } from "../../core/figures/past-state.ts";
import { decodeFields } from "../../core/runs/trail-columns.ts";
import type { Scope } from "../../core/sync/scope.ts";
import type { UnitChange, UnitLevel, UnitValue } from "../../core/sync/unit-change.ts";
import { aliased } from "../connection/aliased.ts";
import type { Session } from "../connection/session.ts";
import { inScope } from "../places/in-scope.ts";
import { barangaysWithParents, municipalitiesWithParents, provincesWithRegions } from "../places/place-joins.ts";
import { UNIT_TABLES } from "../runs/unit-tables.ts";
import { changedBy } from "./changed-units.ts";
import type { FigureFilter } from "./community-figures.ts";
import { figureRows, selectPlaces } from "./figure-rows.ts";

/** What the figures of the past are made from. */
export interface Past {
  point: PastPoint;
  /** When each run ended, by id: ISO 8601 in UTC. */
  finishedAt: ReadonlyMap<number, string>;
  /** What a new row of each level has in the columns that nobody gives a value. */
  blank: Readonly<Record<UnitLevel, Readonly<Record<string, UnitValue>>>>;
}

/** A unit in the past. */
export interface PastRow {
  /** With the figures of then, if it existed. */
  row: FigureRow;
  existed: boolean;
  foreign: ForeignChange | null;
}

const PLACES: Record<UnitLevel, { alias: string; units: (session: Session) => Knex.QueryBuilder }> = {
  community: { alias: "barangay", units: barangaysWithParents },
  municipality: { alias: "municipality", units: municipalitiesWithParents },
  province: { alias: "province", units: provincesWithRegions },
};

/** Columns of the query that are no values of a unit. */
const KNOWN_BY = ["stored_id", "created_at", "kept_changes"] as const;

/**
 * The communities or coverages of a scope as they stood at a point in the past, ordered by code: rebuilt in one statement
 * from the rows of today and from what every run changed. Names, codes and parents are those of today. deleted_at is
 * null, and updated_at where a later run changed the row.
 */
export async function* readPastFigures(
  session: Session,
  level: UnitLevel,
  scope: Scope,
  filter: FigureFilter,
  past: Past,
): AsyncGenerator<FigureRow> {
  for await (const { row, existed } of pastRows(session, level, scope, filter, past)) {
    if (existed && (filter.archived || row.values.is_deleted !== true)) yield row;
  }
}

/** The units of a scope that another program has changed since a point in the past, ordered by code. */
export async function readForeignUnits(
  session: Session,
  level: UnitLevel,
  scope: Scope,
  past: Past,
): Promise<ForeignUnit[]> {
  const units: ForeignUnit[] = [];
  const { alias } = PLACES[level];
  for await (const { row, foreign } of pastRows(session, level, scope, EVERYTHING, past)) {
    if (foreign === null) continue;
    const { [alias]: name, [`${alias}_code`]: code } = row.values;
    units.push({ level, code: String(code), name: String(name), change: foreign });
  }
  return units;
}

const EVERYTHING: FigureFilter = { archived: true, changedBy: null };

/** The units of a scope, also those that did not exist, with what another program has changed since; ordered by code. */
export async function* pastRows(
  session: Session,
  level: UnitLevel,
  scope: Scope,
  filter: FigureFilter,
  { point, finishedAt, blank }: Past,
): AsyncGenerator<PastRow> {
  const columns = UNIT_TABLES[level].columns;
  for await (const row of figureRows(session, level, pastQuery(session, level, scope, filter))) {
    const changes = runChanges(row.values.kept_changes ?? null, finishedAt);
    const { values, foreign } = stateAt(point, { changes, now: rowOfToday(row, columns), blank: blank[level] });
    for (const column of KNOWN_BY) delete row.values[column];
    const isLater = (changes.at(-1)?.run ?? 0) > point.run;
    Object.assign(row.values, values, { deleted_at: null }, isLater ? { updated_at: null } : {});
    yield { row, existed: values !== null, foreign };
  }
}

function pastQuery(session: Session, level: UnitLevel, scope: Scope, filter: FigureFilter): Knex.QueryBuilder {
  const { sql, expressions } = session.dialect;
  const { table, key } = UNIT_TABLES[level];
  const { alias, units } = PLACES[level];
  const scopeLevel = level === "province" ? "province" : "municipality";
  const flags = FLAGS.filter((flag) => level !== "community" || flag !== "auto_sync");
  const stored = ["created_at", ...flags, ...figureColumns(level)].map((column) => `stored.${column}`);
  const { runValues } = session.schema.bookkeeping;
  const kept = sql.raw(
    `(select kept.unit_id, ${expressions.keptChanges("kept")} as changes from ${runValues} kept where kept.level = ? group by kept.unit_id) as trail`,
    [level],
  );
  const query = selectPlaces(session, level, units(session))
    .leftJoin(aliased(session, table, "stored"), `stored.${key}`, `${alias}.id`)
    .leftJoin(kept, "trail.unit_id", `${alias}.id`)
    .whereRaw(`(stored.${key} is not null or trail.unit_id is not null)`)
    .where(inScope({ session, scope }, scopeLevel, `${scopeLevel}.id`))
    .select(stored)
    .select({ stored_id: `stored.${key}`, kept_changes: "trail.changes" });
  if (level !== "community") query.select(`${level}.kind`);
  if (filter.changedBy !== null) query.where(changedBy(session, level, `${alias}.id`, filter.changedBy));
  // PostgreSQL plans a cursor for its first rows, and would look through the whole trail for each unit: 150 s for the country.
  return sql.withMaterialized("unit", query).from("unit").orderBy(`${alias}_code`);
}

/** What the query found of the unit today; null where it has no row. */
function rowOfToday({ values }: FigureRow, columns: readonly string[]): Parameters<typeof stateAt>[1]["now"] {
  if (values.stored_id === null) return null;
  const time = (column: string) => (values[column] ?? null) as string | null;
  return {
    values: Object.fromEntries(columns.map((column) => [column, values[column] ?? null])),
    createdAt: time("created_at"),
    updatedAt: time("updated_at"),
  };
}

/** @param kept as the expression `keptChanges` returns them */
function runChanges(kept: UnitValue, finishedAt: Past["finishedAt"]): RunChange[] {
  const entries = JSON.parse(String(kept ?? "[]")) as Array<[number, UnitChange["action"], string]>;
  return entries.map(([run, action, changes]) => ({
    run,
    finishedAt: finishedAt.get(run) ?? "",
    change: { action, fields: decodeFields(changes, action, (text) => text) },
  }));
}
