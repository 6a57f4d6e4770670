import { CAPTURED, type TriggerSet } from "./capture/captured-columns.ts";

const MUNICIPALITY_OF_ENTRY = `coalesce(change_log.municipality_id,
  (select barangay.municipality_id from barangays barangay where barangay.id = change_log.barangay_id))`;

/** Whether a unit of an entry lies in the scope of the run; asked for each entry, of which there are few. */
function isCovered(id: "municipality.id" | "province.id", unit: string): string {
  return `exists (
    select 1 from municipalities municipality
      join provinces province on province.id = municipality.province_id
      join regions region on region.id = province.region_id
     where ${id} = ${unit}
       and case new.scope_kind when 'region' then region.code when 'municipality' then municipality.code
           else province.code end in (select value from json_each(new.scope_units)))`;
}

/** SQLite has triggers for each row only; each appends at most two entries and looks nothing up. */
const TRIGGERS: Array<{ name: string; on: string; body: string }> = [
  trigger("obc_communities", "insert", "when not new.is_deleted", log("barangay_id", "new.barangay_id")),
  trigger("obc_communities", "delete", "when not old.is_deleted", log("barangay_id", "old.barangay_id")),
  // No comparison of old and new figures: for 31 columns it costs more than the entry that it might spare. Only a
  // statement that sets such a column gets here.
  trigger("obc_communities", "update", "", log("barangay_id", "new.barangay_id")),
  {
    name: "obc_communities_log_move",
    on: "after update of barangay_id on obc_communities when old.barangay_id <> new.barangay_id",
    body: log("barangay_id", "old.barangay_id"),
  },
  trigger(
    "barangays",
    "update",
    `when ${changed(CAPTURED.barangays)}`,
    log("municipality_id", "new.municipality_id"),
    "insert into change_log (municipality_id) select old.municipality_id where old.municipality_id <> new.municipality_id;",
  ),
  trigger(
    "municipalities",
    "update",
    `when ${changed(CAPTURED.municipalities)}`,
    log("province_id", "new.province_id"),
    "insert into change_log (province_id) select old.province_id where old.province_id <> new.province_id;",
  ),
  ...(["municipality", "province"] as const).flatMap((level) => {
    const table = `${level}_coverages` as const;
    const key = `${level}_id`;
    return [
      trigger(table, "insert", "when new.sync_revision = 0", log(key, `new.${key}`)),
      trigger(table, "delete", "", log(key, `old.${key}`)),
      trigger(
        table,
        "update",
        `when new.sync_revision <> old.sync_revision + 1 and (${changed(CAPTURED[table])})`,
        log(key, `new.${key}`),
        `insert into change_log (${key}) select old.${key} where old.${key} <> new.${key};`,
      ),
    ];
  }),
  {
    // A run and the removal of the entries that it covered are one statement: neither can exist without the other.
    name: "sync_runs_clear_change_log",
    on: "after insert on sync_runs when new.log_watermark is not null",
    body: `delete from change_log
      where id <= cast(new.log_watermark as integer)
        and (new.scope_kind in ('all', 'changed')
          or (new.scope_kind <> 'province_coverage' and ${isCovered("municipality.id", MUNICIPALITY_OF_ENTRY)})
          or ${isCovered("province.id", "change_log.province_id")});`,
  },
];

export const sqliteTriggers: TriggerSet = {
  names: TRIGGERS.map(({ name }) => name),
  create: TRIGGERS.map(({ name, on, body }) => `create trigger ${name} ${on} begin ${body} end`),
  drop: TRIGGERS.map(({ name }) => `drop trigger ${name}`),
};

function trigger(
  table: keyof typeof CAPTURED,
  event: "insert" | "update" | "delete",
  condition: string,
  ...body: string[]
): { name: string; on: string; body: string } {
  const columns = event === "update" ? ` of ${CAPTURED[table].join(", ")}` : "";
  return {
    name: `${table}_log_${event}`,
    on: `after ${event}${columns} on ${table} ${condition}`,
    body: body.join(" "),
  };
}

function log(column: string, value: string): string {
  return `insert into change_log (${column}) values (${value});`;
}

function changed(columns: readonly string[]): string {
  return columns.map((column) => `old.${column} is not new.${column}`).join(" or ");
}
