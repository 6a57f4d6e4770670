import type { BaseTable } from "./schema.ts";

/** Fragments of an INSERT ... SELECT: names and values of columns, as lists that begin with a comma, and a join. */
export interface OtherColumns {
  names: string;
  values: string;
  join: string;
}

/**
 * Gives each row of an upsert the values of the stored row, if there is one, in the columns that the upsert does not set.
 * Before they look for a conflict, both databases check the constraints of the row to insert, and generate its id. So a
 * stored row could not be updated where a column has no empty value, or a constraint refuses it, and each update would use
 * up an id.
 *
 * @param given the own names of the columns that the upsert sets
 * @param key the own name of the table's key, and its value in a row of the SELECT
 */
export function otherColumns(
  { name, fill, optional, unfillable }: BaseTable,
  given: readonly string[],
  key: { own: string; value: string },
): OtherColumns {
  const ofNew: Record<string, string | null> = { ...optional, ...fill };
  const others = Object.keys({ ...ofNew, ...unfillable }).filter((column) => !given.includes(column));
  if (others.length === 0) return { names: "", values: "", join: "" };
  const valueIn = (column: string) => {
    const value = ofNew[column] ?? null;
    const stored = `present."${column}"`;
    return value === null ? stored : `case when present.${key.own} is null then ${value} else ${stored} end`;
  };
  return {
    names: others.map((column) => `, "${column}"`).join(""),
    values: others.map((column) => `, ${valueIn(column)}`).join(""),
    join: presentRow(name, key.own, key.value),
  };
}

/** Joins the row of the table, as `present`, that has the key of a row of the SELECT already. */
export function presentRow(table: string, key: string, row: string): string {
  return `left join ${table} present on present.${key} = ${row}`;
}
