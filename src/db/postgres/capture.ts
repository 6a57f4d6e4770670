import type { Capture } from "../dialect/capture.ts";
import type { Statement } from "../dialect/statement.ts";
import { BOOKKEEPING } from "../schema/bookkeeping.ts";
import { triggers } from "./triggers.ts";

/** The functions run with the rights of their owner, and find the tables whatever the search path of a writer. */
const RUNS_AS_MADE = `p.prosecdef and p.pronamespace = c.relnamespace and p.proname = t.tgname
  and p.proconfig = array[concat('search_path=', c.relnamespace::regnamespace, ', pg_temp')]`;

export const capture: Capture = {
  triggers,
  present: {
    sql: `select t.tgname as name, c.relname as table_name, t.tgenabled as fires, p.prosrc as body,
        replace(pg_get_triggerdef(t.oid), c.relnamespace::regnamespace || '.', '') as definition,
        ${RUNS_AS_MADE} as runs_as_made
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid
     where t.tgname like 'obc\\_sync\\_%' and pg_table_is_visible(c.oid)`,
    bindings: [],
  },
  problemOf({ create: [createFunction, createTrigger] }, { fires, body, definition, runs_as_made }) {
    if (fires === "D") return "disabled";
    if (fires === "R") return "replica-only";
    const isMade =
      runs_as_made &&
      createFunction?.endsWith(`$$${body}$$`) &&
      flattened(String(createTrigger)) === flattened(String(definition).replace(/^CREATE /, "CREATE OR REPLACE "));
    return isMade ? null : "altered";
  },
  putBack: ({ distribution }, broken) => [
    ENTER,
    ...(distribution === null ? [] : [ALLOW_ON_SHARDS]),
    ...broken
      .flatMap(({ trigger: { create, drop }, problem }) =>
        problem === "on-another-table" ? [...drop, ...create] : create,
      )
      .map((sql) => ({ sql, bindings: [] })),
    LEAVE,
  ],
};

/** PostgreSQL writes a definition in capitals and with its own spaces. */
function flattened(definition: string): string {
  return definition.toLowerCase().replace(/\s+/g, "");
}

/**
 * A trigger waits for the transactions that are writing to its table, and other writers wait behind it. After this time
 * the transaction ends and is tried again: neither are they held up for long, nor does a deadlock end one of them, which
 * the server detects after a second.
 */
const LONGEST_WAIT = "500ms";

/** The search path for the functions: the schema of the tables, then temporary tables, which do not hide them. */
const ENTER: Statement = {
  sql: `with before as materialized (
      select set_config('obc_sync.search_path', current_setting('search_path'), true),
             set_config('obc_sync.lock_timeout', current_setting('lock_timeout'), true))
    select tables.owner, set_config('search_path', quote_ident(tables.schema) || ', pg_temp', true),
           set_config('lock_timeout', ?, true)
      from before
      cross join (
        select path.schema, pg_get_userbyid(log.relowner) as owner
          from unnest(current_schemas(false)) with ordinality path (schema, position)
          join pg_class log
            on log.relname = '${BOOKKEEPING.changeLog}' and log.relnamespace = to_regnamespace(quote_ident(path.schema))
         where path.schema not like 'pg\\_temp\\_%'
         order by path.position limit 1) tables`,
  bindings: [LONGEST_WAIT],
};

/** Citus warns by this setting that the triggers of distributed tables run on the nodes. It ends with the transaction. */
const ALLOW_ON_SHARDS: Statement = {
  sql: "select set_config('citus.enable_unsafe_triggers', 'on', true)",
  bindings: [],
};

/** The transaction may be the caller's. */
const LEAVE: Statement = {
  sql: `select set_config('search_path', current_setting('obc_sync.search_path'), true),
      set_config('lock_timeout', current_setting('obc_sync.lock_timeout'), true)`,
  bindings: [],
};
