import type { Trigger } from "../dialect/capture.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { CAPTURED, type CapturedTable } from "../schema/captured-columns.ts";
import { COVERAGE_TABLES } from "../schema/coverage-tables.ts";
import { type Distribution, ownColumn, type Schema, type TableName } from "../schema/schema.ts";
import { logOnShard } from "./citus/community-log.ts";

/** The setting that identifies a statement as the sync's own: see coverage-write.ts. */
export const OWN_STATEMENT = "obc_sync.own_statement";

const { changeLog } = BOOKKEEPING;

type LoggedId = "barangay_id" | "municipality_id" | "province_id";

/** A statement that writes this many communities is a bulk statement. */
const MANY = 1001;

/** An entry without a unit stands for every unit. */
const LOG_EVERYTHING = `insert into ${changeLog} default values;`;

/**
 * Statement-level triggers with transition tables. A bulk statement logs one entry for everything, not one for each row.
 * No trigger reads another table to find out more: it would see the snapshot of the statement, in which a barangay may
 * belong to another municipality than when the statement is committed. None has a column list or a condition: PostgreSQL would then refuse to change the type
 * of the column, or to drop it.
 *
 * A writer needs rights only on the table that it writes, so the functions run with the rights of their owner. They
 * keep the search path with which they were created: see capture.ts.
 */
export function triggers(schema: Schema): Trigger[] {
  const columnOf = (table: TableName, native: string) => ownColumn(schema.tables[table], native);
  const captured = (table: CapturedTable) => CAPTURED[table].map((column) => columnOf(table, column));

  const on = (table: TableName, event: string, rows: string, body: string) =>
    trigger(`${nameOf(table)}_${event}`, schema.tables[table].name, event, rows, unlessRemoved(body));
  const inserted = (table: TableName, body: string) => on(table, "insert", "referencing new table as new_rows", body);
  const deleted = (table: TableName, body: string) => on(table, "delete", "referencing old table as old_rows", body);
  const updated = (table: TableName, body: string) =>
    on(table, "update", "referencing old table as old_rows new table as new_rows", body);
  const truncated = (table: TableName, body: string) => on(table, "truncate", "", body);

  const barangay = columnOf("obc_communities", "barangay_id");
  const { distribution } = schema;
  const municipality = columnOf("barangays", "municipality_id");
  return [
    ...(distribution === null ? communityTriggers() : shardTriggers(distribution)),
    // Of a distributed table, it runs on the coordinator too.
    truncated("obc_communities", LOG_EVERYTHING),
    inserted("barangays", log("municipality_id", `distinct ${municipality} from new_rows`)),
    deleted("barangays", log("municipality_id", `distinct ${municipality} from old_rows`)),
    updated("barangays", logEitherSide("barangays", "id", "municipality_id")),
    inserted("municipalities", logNewIds("municipalities")),
    deleted(
      "municipalities",
      log("province_id", `distinct ${columnOf("municipalities", "province_id")} from old_rows`),
    ),
    updated(
      "municipalities",
      logEitherSide("municipalities", "id", "province_id") +
        logNewIds("municipalities", "except select id from old_rows"),
    ),
    // TRUNCATE ... CASCADE also truncates the municipality coverages, but not those of the provinces.
    truncated("municipalities", LOG_EVERYTHING),
    inserted("provinces", logNewIds("provinces")),
    updated("provinces", logNewIds("provinces", "except select id from old_rows")),
    ...Object.values(COVERAGE_TABLES).flatMap(({ coverages: table, key }) => {
      const unit = columnOf(table, key);
      return [
        inserted(table, unlessOwn(log(key, `${unit} from new_rows`))),
        deleted(table, log(key, `${unit} from old_rows`)),
        updated(table, unlessOwn(log(key, `${unit} from ${bothSides(unit)} changed`))),
        truncated(table, LOG_EVERYTHING),
      ];
    }),
  ];

  function communityTriggers(): Trigger[] {
    return [
      inserted("obc_communities", logCommunities("new_rows", "new_rows")),
      deleted("obc_communities", logCommunities("old_rows", "old_rows")),
      updated("obc_communities", logCommunities("new_rows", bothSides(barangay))),
    ];
  }

  /** Citus does not allow an update of the barangay, by which it distributes the table. */
  function shardTriggers(nodes: Distribution): Trigger[] {
    const { name } = schema.tables.obc_communities;
    return (["insert", "delete", "update"] as const).map((event) => {
      const side = event === "delete" ? "old" : "new";
      const referencing = `referencing ${side} table as ${side}_rows`;
      const body = logOnShard(nodes, `${side}_rows`, barangay);
      return trigger(`${nameOf("obc_communities")}_${event}`, name, event, referencing, body);
    });
  }

  /** Logs the barangays of up to 1,000 rows. */
  function logCommunities(counted: "new_rows" | "old_rows", changed: string): string {
    // One expression is evaluated as one query.
    return `if not ${hasColumn(barangay)} or (select count(*) from (select from ${counted} limit ${MANY}) few) = ${MANY} then
        ${LOG_EVERYTHING}
      else
        ${log("barangay_id", `${barangay} from ${changed} changed`)}
      end if;`;
  }

  /** Logs places with a new id: without foreign keys, other rows may have referred to it before. */
  function logNewIds(table: "municipalities" | "provinces", except = ""): string {
    const id = columnOf(table, "id");
    return log(table === "provinces" ? "province_id" : "municipality_id", `${id} from new_rows ${except}`);
  }

  /** Logs the old and the new place of each row that differs: a moved row affects both. */
  function logEitherSide(table: CapturedTable, nativeKey: string, place: LoggedId): string {
    const [key, own] = [columnOf(table, nativeKey), columnOf(table, place)];
    return orEverything(
      log(
        place,
        `distinct side.place from old_rows was full join new_rows now on was.${key} = now.${key}
     cross join lateral (values (was.${own}), (now.${own})) side (place)
     where side.place is not null and ${differs(table)}`,
      ),
    );
  }

  function differs(table: CapturedTable): string {
    const list = (row: string) =>
      captured(table)
        .map((column) => `${row}.${column}`)
        .join(", ");
    return `(${list("was")}) is distinct from (${list("now")})`;
  }
}

function nameOf(table: TableName): string {
  return table === "obc_communities" ? "obc_sync_communities" : `obc_sync_${table}`;
}

function trigger(name: string, table: string, event: string, rows: string, body: string): Trigger {
  return {
    name,
    table,
    create: [
      `create or replace function ${name}() returns trigger language plpgsql security definer set search_path from current
      as $$ begin ${body} return null; end $$`,
      `create or replace trigger ${name} after ${event} on ${table} ${rows} for each statement execute function ${name}()`,
    ],
    drop: [`drop function if exists ${name}() cascade`],
  };
}

/** A writer's statement must not fail where somebody has removed the log by hand. */
function unlessRemoved(body: string): string {
  return `if to_regclass('${changeLog}') is not null then
    ${body}
  end if;`;
}

function log(unit: LoggedId, select: string): string {
  return `insert into ${changeLog} (${unit}) select ${select};`;
}

/**
 * If a column that the statement names was renamed or dropped, the writer's statement must not fail. Logs an entry without
 * a unit instead, which stands for every unit.
 */
function orEverything(statement: string): string {
  return `begin ${statement} exception when undefined_column then ${LOG_EVERYTHING} end;`;
}

/**
 * The same for the table that is written most, where the subtransaction of an exception block would cost more than the
 * rest of the trigger.
 */
function hasColumn(column: string): string {
  return `exists (select from pg_catalog.pg_attribute where attrelid = tg_relid and attname = '${column}')`;
}

/** The old and the new values of a column: an update of the key affects both places. */
function bothSides(column: string): string {
  return `(select ${column} from old_rows union select ${column} from new_rows)`;
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
