import { postgresTriggers } from "../../postgres-triggers.ts";
import { sqliteTriggers } from "../../sqlite-triggers.ts";
import type { Check } from "../check.ts";

/** name, trigger_table, enabled: every trigger of the database. */
const PRESENT = {
  sqlite: "select name, tbl_name as trigger_table, 1 = 1 as enabled from sqlite_master where type = 'trigger'",
  postgres: `select t.tgname as name, c.relname as trigger_table, t.tgenabled <> 'D' as enabled
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and pg_table_is_visible(c.oid)`,
};

export const disabledTriggers: Check = {
  id: "disabled-triggers",
  severity: "error",
  title: "Triggers of the change log that are missing or switched off",
  why: "Changes then pass unlogged, and sync --changed and watch leave coverages wrong without a word.",
  query: ({ knex, dialect }) => {
    const triggers = dialect.name === "sqlite" ? sqliteTriggers : postgresTriggers;
    const rows = triggers.names.map((name) => {
      const mentions = new RegExp(`\\b${name}\\b`);
      const statements = triggers.create.filter((statement) => mentions.test(statement));
      // The function of a trigger may be there still.
      return [name, statements.join(";\n").replace(/^create function/gm, "create or replace function")];
    });
    const source = dialect.rowsFromJson([
      ["name", "text"],
      ["statement", "text"],
    ]);
    return knex.raw(
      `select expected.name as code, coalesce(present.trigger_table, '') as name,
              case when present.name is null then 'missing' else 'switched off' end as state, expected.statement
         from (select * from ${source}) expected
         left join (${PRESENT[dialect.name]}) present on present.name = expected.name
        where present.name is null or not present.enabled
        order by 1`,
      [JSON.stringify(rows)],
    );
  },
  remedy: ({ code, name, figures }) =>
    figures.state === "missing" ? `${figures.statement};` : `alter table ${name} enable trigger ${code};`,
};
