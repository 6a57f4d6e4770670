import type { Check } from "../check.ts";

export const disabledTriggers: Check = {
  id: "disabled-triggers",
  severity: "error",
  title: "Triggers of the change log that are missing or disabled",
  why: "Changes are not logged, so sync --changed and watch miss them without an error.",
  query: ({ session: { dialect, schema } }) => {
    const rows = dialect.triggers(schema).map(({ name, create }) => {
      // The function of a missing trigger may still exist.
      return [name, create.join(";\n").replace(/^create function/gm, "create or replace function")];
    });
    const source = dialect.expressions.rowsFromJson([
      ["name", "text"],
      ["statement", "text"],
    ]);
    return {
      sql: `select expected.name as code, coalesce(present.trigger_table, '') as name,
              case when present.name is null then 'missing' else 'switched off' end as state, expected.statement
         from (select * from ${source}) expected
         left join (${dialect.catalog.triggers}) present on present.name = expected.name
        where present.name is null or not present.enabled
        order by 1`,
      bindings: [JSON.stringify(rows)],
    };
  },
  remedy: ({ code, name, figures }) =>
    figures.state === "missing" ? `${figures.statement};` : `alter table ${name} enable trigger ${code};`,
};
