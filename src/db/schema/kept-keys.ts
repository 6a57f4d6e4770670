/** The table of an upsert, its key, and how its other keys are generated: an SQL expression by own name. */
interface UpsertedTable {
  name: string;
  key: string;
  generated: Readonly<Record<string, string>>;
}

/** Fragments of an INSERT ... SELECT: other columns and their values, as lists that begin with a comma, and a join. */
export interface KeptKeys {
  columns: string;
  values: string;
  join: string;
}

/**
 * Gives each row of an upsert the other keys of the row that is already there. By default the database would generate them
 * for every row, also for those that are then updated, and each would be used up.
 *
 * @param row the key of a row of the SELECT
 */
export function keptKeys({ name, key, generated }: UpsertedTable, row: string): KeptKeys {
  const keys = Object.entries(generated);
  if (keys.length === 0) return { columns: "", values: "", join: "" };
  return {
    columns: keys.map(([column]) => `, ${column}`).join(""),
    values: keys.map(([column, next]) => `, coalesce(present.${column}, ${next})`).join(""),
    join: presentRow(name, key, row),
  };
}

/** Joins the row of the table, as `present`, that has the key of a row of the SELECT already. */
export function presentRow(table: string, key: string, row: string): string {
  return `left join ${table} present on present.${key} = ${row}`;
}
