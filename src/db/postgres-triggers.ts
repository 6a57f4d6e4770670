import { CAPTURED, type TriggerSet } from "./capture/captured-columns.ts";

/** Where watchers listen; a payload is never sent, so that the changes of one transaction make one message. */
export const CHANGE_CHANNEL = "obc_sync_changes";

/**
 * PostgreSQL: one trigger a statement, with the statement's rows as tables, so that a bulk statement appends one
 * entry for each unit that it touched and not one for each row.
 */
interface Trigger {
  name: string;
  /** From the event to the condition. */
  on: string;
  /** Declarations of PL/pgSQL. */
  variables?: string;
  /** Statements of PL/pgSQL. */
  body: string;
}

/**
 * Few rows are logged as they are; of many, their municipalities. One query for both would keep the plan of whichever
 * came first in a session: a scan of all barangays for one row, or 42,011 look-ups.
 */
function logCommunities(rows: string): string {
  return `if (select count(*) from (select from ${rows} limit 101) few) > 100 then
      insert into change_log (municipality_id)
      select distinct barangay.municipality_id from ${rows} changed
        join barangays barangay on barangay.id = changed.barangay_id;
    else
      insert into change_log (barangay_id) select barangay_id from ${rows};
    end if;`;
}

const BOTH_SIDES = "referencing old table as old_rows new table as new_rows";

const COMMUNITY_TRIGGERS: Trigger[] = [
  {
    name: "obc_communities_log_insert",
    on: "after insert on obc_communities referencing new table as new_rows for each statement",
    body: logCommunities("new_rows"),
  },
  {
    name: "obc_communities_log_delete",
    on: "after delete on obc_communities referencing old table as old_rows for each statement",
    body: logCommunities("old_rows"),
  },
  {
    // A trigger with tables of rows cannot name columns, so this one, which can, tells it that the statement sets a
    // captured column. The note lasts until the end of the transaction: forgetting it early could lose a change.
    name: "obc_communities_note_update",
    on: `before update of ${CAPTURED.obc_communities.join(", ")} on obc_communities for each statement`,
    body: "perform set_config('obc_sync.captured', 'on', true);",
  },
  {
    name: "obc_communities_log_update",
    on: `after update on obc_communities ${BOTH_SIDES} for each statement`,
    // Comparing 42,011 rows costs half as much as updating them, so that what sets a captured column is taken to
    // change it. Without the note another trigger may still have changed one; then the rows are compared.
    body: `if current_setting('obc_sync.captured', true) = 'on' then
      ${logCommunities("new_rows")}
    else
      insert into change_log (barangay_id) select now.barangay_id from old_rows was
        join new_rows now on now.barangay_id = was.barangay_id
       where ${differs("obc_communities")};
    end if;`,
  },
  {
    name: "obc_communities_log_move",
    on: "after update on obc_communities for each row when (old.barangay_id <> new.barangay_id)",
    body: "insert into change_log (barangay_id) values (old.barangay_id), (new.barangay_id);",
  },
  {
    name: "obc_communities_log_truncate",
    on: "after truncate on obc_communities for each statement",
    body: "insert into change_log (municipality_id) select municipality_id from municipality_coverages;",
  },
];

const PLACE_TRIGGERS: Trigger[] = [
  {
    name: "barangays_log_update",
    on: `after update on barangays ${BOTH_SIDES} for each statement`,
    body: logEitherSide("barangays", "id", "municipality_id"),
  },
  {
    name: "municipalities_log_update",
    on: `after update on municipalities ${BOTH_SIDES} for each statement`,
    body: logEitherSide("municipalities", "id", "province_id"),
  },
];

const COVERAGE_TRIGGERS = (["municipality", "province"] as const).flatMap((level): Trigger[] => {
  const table = `${level}_coverages` as const;
  const key = `${level}_id` as const;
  const units = level === "municipality" ? "municipalities" : "provinces";
  return [
    {
      name: `${table}_log_insert`,
      on: `after insert on ${table} referencing new table as new_rows for each statement`,
      body: `insert into change_log (${key}) select ${key} from new_rows where sync_revision = 0;`,
    },
    {
      name: `${table}_log_delete`,
      on: `after delete on ${table} referencing old table as old_rows for each statement`,
      body: `insert into change_log (${key}) select ${key} from old_rows;`,
    },
    {
      name: `${table}_log_update`,
      on: `after update on ${table} ${BOTH_SIDES} for each statement`,
      body: logEitherSide(table, key, key, "now.sync_revision is distinct from was.sync_revision + 1"),
    },
    {
      name: `${table}_log_truncate`,
      on: `after truncate on ${table} for each statement`,
      body: `insert into change_log (${key}) select id from ${units};`,
    },
  ];
});

/** Logs a place for each row that differs, before and after: a moved row concerns both. */
function logEitherSide(
  table: keyof typeof CAPTURED,
  key: string,
  place: "municipality_id" | "province_id",
  also = "true",
): string {
  return `insert into change_log (${place})
    select distinct side.place from old_rows was full join new_rows now on was.${key} = now.${key}
     cross join lateral (values (was.${place}), (now.${place})) side (place)
     where side.place is not null and ${also} and ${differs(table)};`;
}

function differs(table: keyof typeof CAPTURED): string {
  const list = (row: string) => CAPTURED[table].map((column) => `${row}.${column}`).join(", ");
  return `(${list("was")}) is distinct from (${list("now")})`;
}

/**
 * A run and the removal of the entries that it covered are one statement: neither can exist without the other. The
 * covered units are looked up once, since an import may name all of them and leave an entry for each.
 */
const CLEAR_TRIGGER: Trigger = {
  name: "sync_runs_clear_change_log",
  on: "after insert on sync_runs for each row when (new.log_watermark is not null)",
  variables: "named text[]; covered_provinces integer[]; covered_municipalities integer[];",
  body: `named := array(select jsonb_array_elements_text(new.scope_units::jsonb));
    case new.scope_kind
      when 'municipality' then
        covered_municipalities := array(select id from municipalities where code = any(named));
        covered_provinces := array(select distinct province_id from municipalities where code = any(named));
      when 'province' then
        covered_provinces := array(select id from provinces where code = any(named));
        covered_municipalities := array(select id from municipalities where province_id = any(covered_provinces));
      when 'region' then
        covered_provinces := array(select province.id from provinces province
          join regions region on region.id = province.region_id where region.code = any(named));
        covered_municipalities := array(select id from municipalities where province_id = any(covered_provinces));
      when 'province_coverage' then
        covered_provinces := array(select id from provinces where code = any(named));
      else null;
    end case;
    delete from change_log entry
     where (pg_visible_in_snapshot(entry.transaction_id, new.log_watermark::pg_snapshot)
            or entry.transaction_id = pg_current_xact_id())
       and (new.scope_kind in ('all', 'changed')
            or entry.municipality_id in (select unnest(covered_municipalities))
            or entry.province_id in (select unnest(covered_provinces))
            or (select barangay.municipality_id from barangays barangay where barangay.id = entry.barangay_id)
               in (select unnest(covered_municipalities)));`,
};

/** Wakes the watchers once a transaction commits, whatever it logged and however often. */
const NOTIFY_TRIGGER: Trigger = {
  name: "change_log_notify",
  on: "after insert on change_log for each statement",
  body: `notify ${CHANGE_CHANNEL};`,
};

const TRIGGERS = [...COMMUNITY_TRIGGERS, ...PLACE_TRIGGERS, ...COVERAGE_TRIGGERS, CLEAR_TRIGGER, NOTIFY_TRIGGER];

export const postgresTriggers: TriggerSet = {
  names: TRIGGERS.map(({ name }) => name),
  create: TRIGGERS.flatMap(({ name, on, variables = "", body }) => [
    `create function ${name}() returns trigger language plpgsql as $$ declare ${variables} begin ${body} return null; end $$`,
    `create trigger ${name} ${on} execute function ${name}()`,
  ]),
  drop: TRIGGERS.map(({ name }) => `drop function ${name}() cascade`),
};
