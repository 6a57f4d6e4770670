import { ConcurrentChangeError } from "../../core/errors.ts";
import { COMMUNITY_COORDINATES, isField } from "../../core/fields.ts";
import { grouped } from "../../core/grouped.ts";
import { rowsForgotten } from "../../core/reverts/revert-errors.ts";
import type { UnitStep } from "../../core/reverts/unit-step.ts";
import { UNIT_LEVELS, type UnitChange, type UnitLevel } from "../../core/sync/unit-change.ts";
import type { Session } from "../connection/session.ts";
import { read, write } from "../connection/statements.ts";
import type { ColumnType } from "../dialect/columns.ts";
import type { Statement, Value } from "../dialect/statement.ts";
import { UNIT_TABLES } from "../runs/unit-tables.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { type BaseTable, filledBeside, ownColumn } from "../schema/schema.ts";

/** What a new row of the program's own tables has in columns that are never null. */
const DEFAULTS: Readonly<Record<string, string>> = {
  is_deleted: "false",
  auto_sync: "true",
  total_municipalities: "0",
  total_obc_communities: "0",
  key_barangays: "''",
  key_municipalities: "''",
};

/**
 * Writes steps with at most four statements for each level.
 *
 * @param reverts the run that is taken back: it has the whole rows of what it removed from an application's tables
 * @param now ISO 8601 in UTC
 */
export async function writeSteps(
  session: Session,
  reverts: number | null,
  steps: readonly UnitStep[],
  now: string,
): Promise<void> {
  for (const level of UNIT_LEVELS) {
    const of = (action: UnitChange["action"]) =>
      steps.filter(({ change }) => change.level === level && change.action === action);
    const target = targetOf(session, level, now);
    // A community without a value is a row as well, so only an update can have nothing to write.
    await updateRows(
      target,
      of("updated").filter(({ change }) => !change.isEmpty),
    );
    await deleteRows(target, of("removed"));
    const created = of("created");
    if (session.schema.isOwn || reverts === null) await insertRows(target, created);
    else await putBackRows(target, reverts, created);
  }
}

interface Target {
  session: Session;
  level: UnitLevel;
  table: BaseTable;
  key: string;
  own: (column: string) => string;
  /** The time of the run as the application stores it. */
  time: string;
}

function targetOf(session: Session, level: UnitLevel, now: string): Target {
  const { table: name, key } = UNIT_TABLES[level];
  const table = session.schema.tables[name];
  const own = (column: string) => ownColumn(table, column);
  return { session, level, table, key: own(key), own, time: session.schema.timestamp(now) };
}

/** The rows of a statement, with a cell for each column that any of the steps changes. */
async function sourceOf({ session, level }: Target, steps: readonly UnitStep[], columns: readonly string[]) {
  const cells = [
    ["unit_id", "bigint"],
    ...columns.map((column): [string, ColumnType] => [column, typeOf(level, column)]),
    ...columns.map((column): [string, ColumnType] => [`has_${column}`, "boolean"]),
    ["is_stamped", "boolean"],
  ] as Array<[string, ColumnType]>;
  const rows = {
    count: steps.length,
    at: (index: number): Value[] => {
      const { change } = steps[index] as UnitStep;
      const { fields } = change;
      return [
        change.unitId,
        ...columns.map((column) => fields[column]?.after ?? null),
        ...columns.map((column) => fields[column] !== undefined),
        // A sync may have left updated_at as it was.
        session.schema.stampsUpdates || !change.isSynced,
      ];
    },
  };
  return session.dialect.statements.rowSource(session.transaction, `steps_${level}`, cells, rows);
}

function columnsOf(steps: readonly UnitStep[]): string[] {
  const columns = new Set<string>();
  for (const { change } of steps) for (const column of change.columns) columns.add(column);
  return [...columns];
}

async function updateRows(target: Target, steps: readonly UnitStep[]): Promise<void> {
  if (steps.length === 0) return;
  const { session, table, key, own, time } = target;
  const columns = columnsOf(steps);
  const source = await sourceOf(target, steps, columns);
  const stored = (column: string) => `${table.name}.${own(column)}`;
  const set = columns.map(
    (column) =>
      `${own(column)} = case when source.has_${column} then ${given(table, column)} else ${stored(column)} end`,
  );
  const unchanged = asRead(target, steps);
  const bindings: unknown[] = [];
  if (columns.includes("is_deleted")) {
    set.push(`${own("deleted_at")} = case when not source.has_is_deleted then ${stored("deleted_at")}
      when source.is_deleted then ? else null end`);
    bindings.push(time);
  }
  await writeAll(session, steps, {
    sql: `update ${table.name} set ${set.join(", ")},
      ${own("updated_at")} = case when source.is_stamped then ? else ${stored("updated_at")} end
      from (select * from ${source.sql} as planned) source
     where ${table.name}.${key} = source.unit_id and ${unchanged.sql}`,
    bindings: [...bindings, time, ...source.bindings, ...unchanged.bindings],
  });
}

async function deleteRows(target: Target, steps: readonly UnitStep[]): Promise<void> {
  if (steps.length === 0) return;
  const { session, table, key } = target;
  const unchanged = asRead(target, steps);
  await writeAll(session, steps, {
    sql: `delete from ${table.name}
      where ${key} in (select id from ${session.dialect.expressions.idsFromJson} as ids) and ${unchanged.sql}`,
    bindings: [JSON.stringify(steps.map(({ change }) => change.unitId)), ...unchanged.bindings],
  });
}

/**
 * A condition that a row is as it was read. All were read by one statement: a transaction that has changed one since is the
 * last writer of none of the others.
 */
function asRead({ session, table }: Target, steps: readonly UnitStep[]): Statement {
  const { isAsRead, rowsFromJson } = session.dialect.expressions;
  const versions = new Set(steps.flatMap(({ version }) => (version === null ? [] : [version])));
  if (versions.size === 0) return { sql: "true", bindings: [] };
  return {
    sql: isAsRead(table.name, `(select version from ${rowsFromJson([["version", "text"]])})`),
    bindings: [JSON.stringify([...versions].map((version) => [version]))],
  };
}

/** @throws ConcurrentChangeError if a row has changed since it was read */
async function writeAll(session: Session, steps: readonly UnitStep[], statement: Statement): Promise<void> {
  const written = await write(session, "write", statement);
  if (written === steps.length) return;
  throw new ConcurrentChangeError(`${grouped(steps.length - written)} of ${grouped(steps.length)} rows to revert`);
}

async function insertRows(target: Target, steps: readonly UnitStep[]): Promise<void> {
  if (steps.length === 0) return;
  const { session, table, key, own, time } = target;
  const columns = columnsOf(steps);
  const source = await sourceOf(target, steps, columns);
  const { timestamp } = session.dialect.expressions;
  const isArchived = columns.includes("is_deleted");
  const times = [
    [own("deleted_at"), isArchived ? `case when source.is_deleted then ${timestamp} end` : "null"],
    [own("created_at"), timestamp],
    [own("updated_at"), timestamp],
  ];
  const written = [
    [key, "source.unit_id"],
    ...columns.map((column) => [own(column), inserted(table, column)]),
    ...times,
  ];
  const filled = Object.entries(
    filledBeside(
      table,
      written.map(([column]) => column as string),
    ),
  );
  const cells = [...written, ...filled];
  await write(session, "write", {
    sql: `insert into ${table.name} (${cells.map(([column]) => column).join(", ")})
      select ${cells.map(([, value]) => value).join(", ")} from ${source.sql} source where true`,
    bindings: [...(isArchived ? [time] : []), time, time, ...source.bindings],
  });
}

/** The value of a new row: a coverage's counts and lists of names are never null, and its flags have defaults. */
function inserted(table: BaseTable, column: string): string {
  const byDefault = table.fill[ownColumn(table, column)] ?? DEFAULTS[column];
  return byDefault === undefined ? `source.${column}` : `coalesce(source.${column}, ${byDefault})`;
}

/**
 * Puts the rows back as they were when the run removed them: an application has columns that the program does not know.
 *
 * @throws UnitError if the run does not have all of them any more, which a plan made before cannot know
 */
async function putBackRows({ session, level, table }: Target, run: number, steps: readonly UnitStep[]): Promise<void> {
  if (steps.length === 0) return;
  const { idsFromJson, wholeRowsFromJson } = session.dialect.expressions;
  const kept = await read<{ removed_row: string | null }>(session, "bookkeeping", {
    sql: `select removed_row from ${BOOKKEEPING.runValues} where run_id = ? and level = ?
      and unit_id in (select id from ${idsFromJson} as ids) order by unit_id`,
    bindings: [run, level, JSON.stringify(steps.map(({ change }) => change.unitId))],
  });
  const rows = kept.flatMap(({ removed_row }) => removed_row ?? []);
  if (rows.length < steps.length) throw rowsForgotten(run);
  const columns = Object.keys(JSON.parse(rows[0] as string));
  const added = Object.entries(filledBeside(table, columns));
  const names = columns.map((column) => `"${column}"`);
  await write(session, "write", {
    sql: `insert into ${table.name} (${[...names, ...added.map(([column]) => column)].join(", ")})
      select ${[...names, ...added.map(([, literal]) => literal)].join(", ")}
        from ${wholeRowsFromJson(table.name, columns)} as kept`,
    bindings: [`[${rows.join(",")}]`],
  });
}

/** A value of the source; where the column cannot be null, what stands for null. */
function given(table: BaseTable, column: string): string {
  const literal = table.fill[ownColumn(table, column)];
  return literal === undefined ? `source.${column}` : `coalesce(source.${column}, ${literal})`;
}

function typeOf(level: UnitLevel, column: string): ColumnType {
  if (column === "is_deleted" || column === "auto_sync") return "boolean";
  if (column in COMMUNITY_COORDINATES) return "double";
  if (isField(column)) return level === "community" ? "integer" : "bigint";
  return column.startsWith("total_") ? "bigint" : "text";
}
