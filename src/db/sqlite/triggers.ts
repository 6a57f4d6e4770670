import type { Trigger } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { CAPTURED } from "../schema/captured-columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn, type Schema, type TableName } from "../schema/schema.ts";

const { changeLog, runs } = BOOKKEEPING;

/**
 * SQLite has only row-level triggers. Each logs a few entries and reads no other table: an application may rebuild its
 * tables, which SQLite refuses if the trigger of another table names them. None compares old and new figures: for 31
 * columns that costs more than an unnecessary entry. An update trigger fires only for statements that set a captured
 * column.
 *
 * REPLACE fires no delete trigger for the rows that it replaces. Every insert trigger therefore logs as if a row had been
 * replaced, and a trigger before the statement logs a replaced place of another parent.
 */
export function triggers(schema: Schema): Trigger[] {
  const tableOf = (table: TableName) => schema.tables[table].name;
  const columnOf = (table: TableName, native: string) => ownColumn(schema.tables[table], native);

  const inserted = (table: TableName, ...body: string[]) =>
    trigger(`${nameOf(table)}_insert`, "after insert", tableOf(table), "", ...body);
  const deleted = (table: TableName, condition: string, ...body: string[]) =>
    trigger(`${nameOf(table)}_delete`, "after delete", tableOf(table), condition, ...body);
  const updated = (table: TableName, columns: readonly string[], condition: string, ...body: string[]) =>
    trigger(
      `${nameOf(table)}_update`,
      `after update of ${columns.map((column) => columnOf(table, column)).join(", ")}`,
      tableOf(table),
      condition,
      ...body,
    );

  const barangay = columnOf("obc_communities", "barangay_id");
  const archived = columnOf("obc_communities", "is_deleted");
  const municipality = columnOf("municipalities", "id");
  const province = columnOf("provinces", "id");
  return [
    // Logged even if archived: the row may replace one that is not.
    inserted("obc_communities", log("barangay_id", `new.${barangay}`)),
    deleted("obc_communities", `when not old.${archived}`, log("barangay_id", `old.${barangay}`)),
    updated("obc_communities", CAPTURED.obc_communities, "", log("barangay_id", `new.${barangay}`)),
    trigger(
      "obc_sync_communities_move",
      `after update of ${barangay}`,
      tableOf("obc_communities"),
      `when old.${barangay} <> new.${barangay}`,
      log("barangay_id", `old.${barangay}`),
    ),
    ...places("barangays", "municipality_id"),
    ...places("municipalities", "province_id"),
    inserted("barangays", log("municipality_id", `new.${columnOf("barangays", "municipality_id")}`)),
    inserted("municipalities", log("municipality_id", `new.${municipality}`)),
    renumbered("municipalities", log("municipality_id", `new.${municipality}`)),
    inserted("provinces", log("province_id", `new.${province}`)),
    renumbered("provinces", log("province_id", `new.${province}`)),
    ...Object.values(COVERAGE_TABLES).flatMap(({ coverages: table, key }) => {
      const unit = columnOf(table, key);
      return [
        inserted(table, log(key, `new.${unit}`)),
        deleted(table, "", log(key, `old.${unit}`)),
        updated(table, CAPTURED[table], "", log(key, `new.${unit}`), logOldParent(key, unit)),
      ];
    }),
    // The run's row lists the entries that it covers: see run-record.ts.
    trigger(
      "obc_sync_runs_clear",
      "after insert",
      runs,
      "when new.covered_entries is not null",
      `delete from ${changeLog} where id <= new.covered_through or id in (select value from json_each(new.covered_entries));`,
      `update ${runs} set covered_through = null, covered_entries = null where id = new.id;`,
    ),
  ];

  /** Logs the parents of a place that was removed, renamed, moved, renumbered or replaced. */
  function places(table: "barangays" | "municipalities", parent: "municipality_id" | "province_id"): Trigger[] {
    const [id, code, own] = [columnOf(table, "id"), columnOf(table, "code"), columnOf(table, parent)];
    const changed = CAPTURED[table].map((column) => columnOf(table, column));
    const condition = changed.map((column) => `old.${column} is not new.${column}`).join(" or ");
    const logReplaced = (which: string) =>
      `insert into ${changeLog} (${parent}) select ${own} from ${tableOf(table)} where (${id} = new.${id} or ${code} = new.${code}) and ${which};`;
    return [
      deleted(table, "", log(parent, `old.${own}`)),
      updated(table, CAPTURED[table], `when ${condition}`, log(parent, `new.${own}`), logOldParent(parent, own)),
      trigger(
        `${nameOf(table)}_replace_by_insert`,
        "before insert",
        tableOf(table),
        "",
        logReplaced(`${own} <> new.${own}`),
      ),
      trigger(
        `${nameOf(table)}_replace_by_update`,
        `before update of ${id}, ${code}`,
        tableOf(table),
        "",
        logReplaced(`${id} <> old.${id}`),
      ),
    ];
  }

  /** Logs a place with a new id: without foreign keys, other rows may have referred to it before. */
  function renumbered(table: "municipalities" | "provinces", ...body: string[]): Trigger {
    const id = columnOf(table, "id");
    return trigger(
      `${nameOf(table)}_renumber`,
      `after update of ${id}`,
      tableOf(table),
      `when old.${id} <> new.${id}`,
      ...body,
    );
  }
}

function nameOf(table: TableName): string {
  return table === "obc_communities" ? "obc_sync_communities" : `obc_sync_${table}`;
}

function trigger(name: string, event: string, table: string, condition: string, ...body: string[]): Trigger {
  // "main": a temporary table or trigger may have the same name.
  const drop = `drop trigger if exists main.${name}`;
  return {
    name,
    table,
    create: [drop, `create trigger main.${name} ${event} on ${table} ${condition} begin ${body.join(" ")} end`],
    drop: [drop],
  };
}

function log(unit: string, value: string): string {
  return `insert into ${changeLog} (${unit}) values (${value});`;
}

function logOldParent(unit: string, column: string): string {
  return `insert into ${changeLog} (${unit}) select old.${column} where old.${column} <> new.${column};`;
}
