import type { Trigger } from "../dialect/capture.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { CAPTURED, type CapturedTable } from "../schema/captured-columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn, type Schema, type TableName } from "../schema/schema.ts";

const { changeLog, runs } = BOOKKEEPING;

type LoggedId = "barangay_id" | "municipality_id" | "province_id";

/**
 * SQLite has only row-level triggers. Each logs a few entries and reads no other table: an application may rebuild its
 * tables, which SQLite refuses if the trigger of another table names them. None compares old and new figures: for 31
 * columns that costs more than an unnecessary entry. The update triggers of communities and coverages fire only for
 * statements that set a captured column. Those for moved rows have a condition instead: a statement may set a key under
 * its other names too (rowid, oid).
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
  const updated = (table: CapturedTable, body: string) => {
    const columns = CAPTURED[table].map((column) => columnOf(table, column));
    return trigger(`${nameOf(table)}_update`, `after update of ${columns.join(", ")}`, tableOf(table), "", body);
  };

  const barangay = columnOf("obc_communities", "barangay_id");
  const archived = columnOf("obc_communities", "is_deleted");
  const municipality = columnOf("municipalities", "id");
  const province = columnOf("provinces", "id");
  return [
    // Logged even if archived: the row may replace one that is not.
    inserted("obc_communities", log("barangay_id", `new.${barangay}`)),
    deleted("obc_communities", `when not old.${archived}`, log("barangay_id", `old.${barangay}`)),
    updated("obc_communities", log("barangay_id", `new.${barangay}`)),
    moved("obc_communities", "barangay_id"),
    ...replaced("obc_communities", "barangay_id"),
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
        updated(table, log(key, `new.${unit}`)),
        moved(table, key),
        ...replaced(table, key),
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

  /** Logs both places of a row that was moved from one to another. */
  function moved(table: TableName, key: LoggedId): Trigger {
    const own = columnOf(table, key);
    return trigger(
      `${nameOf(table)}_move`,
      "after update",
      tableOf(table),
      `when old.${own} <> new.${own}`,
      log(key, `old.${own}`),
      log(key, `new.${own}`),
    );
  }

  /** Logs the places of rows that REPLACE removes because of another key than the place. */
  function replaced(table: TableName, key: LoggedId): Trigger[] {
    const own = columnOf(table, key);
    const { otherKeys } = schema.tables[table];
    if (otherKeys.length === 0) return [];
    const same = otherKeys.map((other) => `${other} = new.${other}`).join(" or ");
    const logReplaced = `insert into ${changeLog} (${key}) select ${own} from ${tableOf(table)} where (${same}) and ${own} <> new.${own};`;
    const differs = otherKeys.map((other) => `old.${other} <> new.${other}`).join(" or ");
    return [
      trigger(`${nameOf(table)}_replace_by_insert`, "before insert", tableOf(table), "", logReplaced),
      trigger(`${nameOf(table)}_replace_by_update`, "before update", tableOf(table), `when ${differs}`, logReplaced),
    ];
  }

  /** Logs the parents of a place that was removed, renamed, moved, renumbered or replaced. */
  function places(table: "barangays" | "municipalities", parent: "municipality_id" | "province_id"): Trigger[] {
    const [id, code, own] = [columnOf(table, "id"), columnOf(table, "code"), columnOf(table, parent)];
    const changed = CAPTURED[table].map((column) => columnOf(table, column));
    const differs = (columns: readonly string[]) =>
      `when ${columns.map((column) => `old.${column} is not new.${column}`).join(" or ")}`;
    const logReplaced = (which: string) =>
      `insert into ${changeLog} (${parent}) select ${own} from ${tableOf(table)} where (${id} = new.${id} or ${code} = new.${code}) and ${which};`;
    return [
      deleted(table, "", log(parent, `old.${own}`)),
      trigger(
        `${nameOf(table)}_update`,
        "after update",
        tableOf(table),
        differs(changed),
        log(parent, `new.${own}`),
        `insert into ${changeLog} (${parent}) select old.${own} where old.${own} <> new.${own};`,
      ),
      trigger(
        `${nameOf(table)}_replace_by_insert`,
        "before insert",
        tableOf(table),
        "",
        logReplaced(`${own} <> new.${own}`),
      ),
      trigger(
        `${nameOf(table)}_replace_by_update`,
        "before update",
        tableOf(table),
        differs([id, code]),
        logReplaced(`${id} <> old.${id}`),
      ),
    ];
  }

  /** Logs a place with a new id: without foreign keys, other rows may have referred to it before. */
  function renumbered(table: "municipalities" | "provinces", ...body: string[]): Trigger {
    const id = columnOf(table, "id");
    return trigger(`${nameOf(table)}_renumber`, "after update", tableOf(table), `when old.${id} <> new.${id}`, ...body);
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
