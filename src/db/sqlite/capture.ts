import type { Capture } from "../dialect/capture.ts";
import { triggers } from "./triggers.ts";

export const capture: Capture = {
  triggers,
  present: {
    sql: `select name, tbl_name as table_name, sql as statement from main.sqlite_master
      where type = 'trigger' and name like 'obc_sync_%'`,
    bindings: [],
  },
  /** SQLite keeps the statement that created a trigger, except that it writes the words up to the name itself. */
  problemOf({ create }, { statement }) {
    const made = create.at(-1)?.replace("create trigger main.", "CREATE TRIGGER ") ?? "";
    return withoutDoubleSpaces(made) === withoutDoubleSpaces(String(statement)) ? null : "altered";
  },
  putBack: (_schema, broken) => broken.flatMap(({ trigger }) => trigger.create.map((sql) => ({ sql, bindings: [] }))),
};

/** The migrations and this version put different numbers of spaces. */
function withoutDoubleSpaces(sql: string): string {
  return sql.replaceAll("  ", " ");
}
