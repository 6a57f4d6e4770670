import type { Trigger } from "../connection/dialect.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { CAPTURED, type CapturedTable } from "../schema/captured-columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { ownColumn, type Schema } from "../schema/schema.ts";

/** The channel of NOTIFY. No payload is sent, so that PostgreSQL merges the messages of one transaction into one. */
export const CHANGE_CHANNEL = "obc_sync_changes";

/** The setting that identifies a statement as the sync's own: see coverage-write.ts. */
export const OWN_STATEMENT = "obc_sync.own_statement";

const { changeLog } = BOOKKEEPING;

const BOTH_SIDES = "referencing old table as old_rows new table as new_rows";

/**
 * Statement-level triggers with transition tables, so that a bulk statement logs one entry for each unit that it
 * changed, not one for each row.
 */
export function triggers(schema: Schema): Trigger[] {
  const tableOf = (table: CapturedTable) => schema.tables[table].name;
  const columnOf = (table: CapturedTable, native: string) => ownColumn(schema.tables[table], native);
  const captured = (table: CapturedTable) => CAPTURED[table].map((column) => columnOf(table, column));
  const communities = tableOf("obc_communities");
  const barangay = columnOf("obc_communities", "barangay_id");
  return [
    trigger(
      "obc_sync_communities_insert",
      `after insert on ${communities} referencing new table as new_rows for each statement`,
      logCommunities("new_rows"),
    ),
    trigger(
      "obc_sync_communities_delete",
      `after delete on ${communities} referencing old table as old_rows for each statement`,
      logCommunities("old_rows"),
    ),
    // A trigger with transition tables cannot have a column list. This trigger has one, and records in a setting that the
    // statement sets a captured column. The setting lasts until the transaction ends: resetting it could lose a change.
    trigger(
      "obc_sync_communities_note_update",
      `before update of ${captured("obc_communities").join(", ")} on ${communities} for each statement`,
      "perform set_config('obc_sync.captured', 'on', true);",
    ),
    // Comparing 42,011 rows costs half as much as updating them, so a statement that sets a captured column is logged
    // without comparing. Otherwise another trigger may still have changed a captured column, so the rows are compared.
    trigger(
      "obc_sync_communities_update",
      `after update on ${communities} ${BOTH_SIDES} for each statement`,
      `if current_setting('obc_sync.captured', true) = 'on' then
      ${logCommunities("new_rows")}
    else
      insert into ${changeLog} (barangay_id) select now.${barangay} from old_rows was
        join new_rows now on now.${barangay} = was.${barangay}
       where ${differs("obc_communities")};
    end if;`,
    ),
    trigger(
      "obc_sync_communities_move",
      `after update on ${communities} for each row when (old.${barangay} <> new.${barangay})`,
      `insert into ${changeLog} (barangay_id) values (old.${barangay}), (new.${barangay});`,
    ),
    trigger(
      "obc_sync_communities_truncate",
      `after truncate on ${communities} for each statement`,
      `insert into ${changeLog} (municipality_id) select municipality_id from ${schema.relations.municipality_coverages} coverage;`,
    ),
    trigger(
      "obc_sync_barangays_update",
      `after update on ${tableOf("barangays")} ${BOTH_SIDES} for each statement`,
      logEitherSide("barangays", "id", "municipality_id"),
    ),
    trigger(
      "obc_sync_municipalities_update",
      `after update on ${tableOf("municipalities")} ${BOTH_SIDES} for each statement`,
      logEitherSide("municipalities", "id", "province_id"),
    ),
    ...Object.values(COVERAGE_TABLES).flatMap(({ coverages: table, key, units }) => {
      const unit = columnOf(table, key);
      return [
        trigger(
          `obc_sync_${table}_insert`,
          `after insert on ${tableOf(table)} referencing new table as new_rows for each statement`,
          unlessOwn(`insert into ${changeLog} (${key}) select ${unit} from new_rows;`),
        ),
        trigger(
          `obc_sync_${table}_delete`,
          `after delete on ${tableOf(table)} referencing old table as old_rows for each statement`,
          `insert into ${changeLog} (${key}) select ${unit} from old_rows;`,
        ),
        trigger(
          `obc_sync_${table}_update`,
          `after update on ${tableOf(table)} ${BOTH_SIDES} for each statement`,
          unlessOwn(logEitherSide(table, key, key)),
        ),
        trigger(
          `obc_sync_${table}_truncate`,
          `after truncate on ${tableOf(table)} for each statement`,
          `insert into ${changeLog} (${key}) select id from ${schema.relations[units]} unit;`,
        ),
      ];
    }),
    // Wakes watchers once for each transaction that logged something, when it commits.
    trigger(
      "obc_sync_change_log_notify",
      `after insert on ${changeLog} for each statement`,
      `notify ${CHANGE_CHANNEL};`,
    ),
  ];

  /**
   * Up to 100 rows are logged one by one; for more, their municipalities are logged. A single query would keep the plan
   * of the session's first statement: a scan of all barangays for one row, or 42,011 index look-ups.
   */
  function logCommunities(rows: string): string {
    return `if (select count(*) from (select from ${rows} limit 101) few) > 100 then
      insert into ${changeLog} (municipality_id)
      select distinct barangay.municipality_id from ${rows} changed
        join ${schema.relations.barangays} barangay on barangay.id = changed.${barangay};
    else
      insert into ${changeLog} (barangay_id) select ${barangay} from ${rows};
    end if;`;
  }

  /** Logs the old and the new place of each row that differs: a moved row affects both. */
  function logEitherSide(table: CapturedTable, nativeKey: string, place: "municipality_id" | "province_id"): string {
    const [key, own] = [columnOf(table, nativeKey), columnOf(table, place)];
    return `insert into ${changeLog} (${place})
    select distinct side.place from old_rows was full join new_rows now on was.${key} = now.${key}
     cross join lateral (values (was.${own}), (now.${own})) side (place)
     where side.place is not null and ${differs(table)};`;
  }

  function differs(table: CapturedTable): string {
    const list = (row: string) =>
      captured(table)
        .map((column) => `${row}.${column}`)
        .join(", ");
    return `(${list("was")}) is distinct from (${list("now")})`;
  }
}

function trigger(name: string, on: string, body: string): Trigger {
  return {
    name,
    create: [
      `create function ${name}() returns trigger language plpgsql as $$ begin ${body} return null; end $$`,
      `create trigger ${name} ${on} execute function ${name}()`,
    ],
    drop: [`drop function ${name}() cascade`],
  };
}

/**
 * Logs nothing if the statement is the sync's own. Another application's trigger that writes coverages runs at a greater
 * trigger depth, so its writes are logged.
 */
function unlessOwn(body: string): string {
  return `if current_setting('${OWN_STATEMENT}', true) is distinct from statement_timestamp()::text or pg_trigger_depth() > 1 then
      ${body}
    end if;`;
}
