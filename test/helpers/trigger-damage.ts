import type { TestDatabase } from "./databases.ts";

/** How the triggers of the change log may come to harm, by other programs than this one. */
export interface Damage {
  what: string;
  only?: TestDatabase["kind"];
  /** The triggers that are broken then, by what is wrong with them. */
  broken: Array<{ trigger: string; problem: string }>;
  /** The table that they are on, if it is not obc_communities. */
  table?: string;
  /** Whether `CHANGE` is logged all the same. */
  logs?: true;
  statements: Partial<Record<TestDatabase["kind"], string[]>>;
}

/** A change of every fifth community, which the damaged triggers should have logged. */
export const CHANGE = `update obc_communities set households = coalesce(households, 0) + 7 where barangay_id % 5 = 0`;

const UPDATE = "obc_sync_communities_update";
const one = (problem: string, trigger = UPDATE) => [{ trigger, problem }];
const missing = (...events: string[]) =>
  events.map((event) => ({ trigger: `obc_sync_communities_${event}`, problem: "missing" }));
const AFTER_UPDATE = `create trigger ${UPDATE} after update on`;

const DAMAGES: readonly Damage[] = [
  {
    what: "a trigger is dropped",
    broken: one("missing"),
    statements: { sqlite: [`drop trigger ${UPDATE}`], postgres: [`drop trigger ${UPDATE} on obc_communities`] },
  },
  {
    what: "a trigger does something else",
    broken: one("altered"),
    statements: {
      sqlite: [`drop trigger ${UPDATE}`, `${AFTER_UPDATE} obc_communities begin select 1; end`],
      postgres: [
        `create or replace function ${UPDATE}() returns trigger language plpgsql security definer
         set search_path = public, pg_temp as $$ begin return null; end $$`,
      ],
    },
  },
  {
    what: "a trigger fires at another event",
    broken: one("altered"),
    statements: {
      sqlite: [
        `drop trigger ${UPDATE}`,
        `create trigger ${UPDATE} after update of notes on obc_communities
         begin insert into obc_sync_change_log (barangay_id) values (new.barangay_id); end`,
      ],
      postgres: [
        `drop trigger ${UPDATE} on obc_communities`,
        `create trigger ${UPDATE} after insert on obc_communities referencing new table as new_rows
         for each statement execute function ${UPDATE}()`,
      ],
    },
  },
  {
    what: "a trigger is on another table",
    broken: one("on-another-table"),
    statements: {
      sqlite: [`drop trigger ${UPDATE}`, `${AFTER_UPDATE} regions begin select 1; end`],
      postgres: [
        `drop trigger ${UPDATE} on obc_communities`,
        `${AFTER_UPDATE} regions for each row execute function ${UPDATE}()`,
      ],
    },
  },
  {
    what: "a table is copied to a new one of its name, as Django does on SQLite",
    broken: missing("delete", "insert", "move", "update"),
    statements: {
      sqlite: [
        "create table copied as select * from obc_communities",
        "drop table obc_communities",
        "alter table copied rename to obc_communities",
        "create unique index copied_key on obc_communities (barangay_id)",
      ],
    },
  },
  {
    what: "a table is copied to a new one of its name",
    broken: missing("delete", "insert", "truncate", "update"),
    statements: {
      postgres: [
        "create table copied (like obc_communities including all)",
        "insert into copied select * from obc_communities",
        "drop table obc_communities",
        "alter table copied rename to obc_communities",
      ],
    },
  },
  {
    what: "a function is dropped",
    broken: one("missing"),
    statements: { postgres: [`drop function ${UPDATE}() cascade`] },
  },
  {
    what: "a trigger is disabled",
    broken: one("disabled"),
    statements: { postgres: [`alter table obc_communities disable trigger ${UPDATE}`] },
  },
  {
    what: "a trigger fires only when changes are replicated",
    broken: one("replica-only"),
    statements: { postgres: [`alter table obc_communities enable replica trigger ${UPDATE}`] },
  },
  {
    what: "a function runs with the rights of the writer",
    broken: one("altered"),
    logs: true,
    statements: { postgres: [`alter function ${UPDATE}() security invoker`] },
  },
  {
    what: "a function has another search path",
    broken: one("altered"),
    logs: true,
    statements: { postgres: [`alter function ${UPDATE}() set search_path = public`] },
  },
  {
    what: "a function has moved to another schema",
    broken: one("altered"),
    logs: true,
    statements: { postgres: ["create schema elsewhere", `alter function ${UPDATE}() set schema elsewhere`] },
  },
  {
    what: "the trigger that clears the log is dropped",
    broken: one("missing", "obc_sync_runs_clear"),
    table: "obc_sync_runs",
    logs: true,
    statements: { sqlite: ["drop trigger obc_sync_runs_clear"] },
  },
];

/** The damages that are possible on a database. */
export function damagesOf(kind: TestDatabase["kind"]): Damage[] {
  return DAMAGES.filter(({ statements }) => kind in statements);
}

/** Plants a damage, and writes changes, in one transaction: nobody sees the damage without the changes. */
export async function damage(
  { kind, knex }: TestDatabase,
  { statements }: Damage,
  ...changes: string[]
): Promise<void> {
  await knex.transaction(async (transaction) => {
    for (const statement of [...(statements[kind] ?? []), ...changes]) await transaction.raw(statement);
  });
}
