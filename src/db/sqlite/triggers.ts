import type { Trigger } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { CAPTURED, type CapturedTable } from "../schema/captured-columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn, type Schema } from "../schema/schema.ts";

const { changeLog, runs } = BOOKKEEPING;

/**
 * SQLite has only row-level triggers. Each logs at most two entries and runs no query. None compares old and new figures:
 * for 31 columns that costs more than an unnecessary entry. An update trigger fires only for statements that set a
 * captured column.
 */
export function triggers(schema: Schema): Trigger[] {
  const tableOf = (table: CapturedTable) => schema.tables[table].name;
  const columnOf = (table: CapturedTable, native: string) => ownColumn(schema.tables[table], native);
  const captured = (table: CapturedTable) => CAPTURED[table].map((column) => columnOf(table, column)).join(", ");

  const inserted = (table: CapturedTable, condition: string, ...body: string[]) =>
    trigger(`${nameOf(table)}_insert`, `after insert on ${tableOf(table)} ${condition}`, ...body);
  const deleted = (table: CapturedTable, condition: string, ...body: string[]) =>
    trigger(`${nameOf(table)}_delete`, `after delete on ${tableOf(table)} ${condition}`, ...body);
  const updated = (table: CapturedTable, condition: string, ...body: string[]) =>
    trigger(`${nameOf(table)}_update`, `after update of ${captured(table)} on ${tableOf(table)} ${condition}`, ...body);

  const barangay = columnOf("obc_communities", "barangay_id");
  const archived = columnOf("obc_communities", "is_deleted");
  return [
    inserted("obc_communities", `when not new.${archived}`, log("barangay_id", `new.${barangay}`)),
    deleted("obc_communities", `when not old.${archived}`, log("barangay_id", `old.${barangay}`)),
    updated("obc_communities", "", log("barangay_id", `new.${barangay}`)),
    trigger(
      "obc_sync_communities_move",
      `after update of ${barangay} on ${tableOf("obc_communities")} when old.${barangay} <> new.${barangay}`,
      log("barangay_id", `old.${barangay}`),
    ),
    ...places("barangays", "municipality_id"),
    ...places("municipalities", "province_id"),
    ...Object.values(COVERAGE_TABLES).flatMap(({ coverages: table, key }) => {
      const unit = columnOf(table, key);
      return [
        inserted(table, "", log(key, `new.${unit}`)),
        deleted(table, "", log(key, `old.${unit}`)),
        updated(table, "", log(key, `new.${unit}`), logOldParent(key, unit)),
      ];
    }),
    // The run's row lists the entries that it covers: see run-record.ts.
    trigger(
      "obc_sync_runs_clear",
      `after insert on ${runs} when new.covered_entries is not null`,
      `delete from ${changeLog} where id <= new.covered_through or id in (select value from json_each(new.covered_entries));`,
      `update ${runs} set covered_through = null, covered_entries = null where id = new.id;`,
    ),
  ];

  /** Logs the old and the new parent of a place that was renamed or moved. */
  function places(table: "barangays" | "municipalities", parent: "municipality_id" | "province_id"): Trigger[] {
    const changed = CAPTURED[table].map((column) => columnOf(table, column));
    const condition = changed.map((column) => `old.${column} is not new.${column}`).join(" or ");
    const own = columnOf(table, parent);
    return [updated(table, `when ${condition}`, log(parent, `new.${own}`), logOldParent(parent, own))];
  }
}

function nameOf(table: CapturedTable): string {
  return table === "obc_communities" ? "obc_sync_communities" : `obc_sync_${table}`;
}

function trigger(name: string, on: string, ...body: string[]): Trigger {
  return {
    name,
    create: [`create trigger ${name} ${on} begin ${body.join(" ")} end`],
    drop: [`drop trigger ${name}`],
  };
}

function log(unit: string, value: string): string {
  return `insert into ${changeLog} (${unit}) values (${value});`;
}

function logOldParent(unit: string, column: string): string {
  return `insert into ${changeLog} (${unit}) select old.${column} where old.${column} <> new.${column};`;
}
