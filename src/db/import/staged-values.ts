import { type BaseTable, ownColumn } from "../schema/schema.ts";

/** Whether an empty cell keeps or clears the stored value. */
export type Blank = "keep" | "clear";

/**
 * The value of a staged row; where a column is never null, the stored one if blanks keep it, or what stands for null. The
 * stored row is `present`.
 */
export function stagedValue(table: BaseTable, column: string, blank: Blank): string {
  const own = ownColumn(table, column);
  const literal = table.fill[own];
  if (literal === undefined) return `staged.${column}`;
  return `coalesce(staged.${column}${blank === "keep" ? `, present.${own}` : ""}, ${literal})`;
}

/** Whether a null among the values of a column keeps what is stored. */
export function nullKeeps(table: BaseTable, column: string, blank: Blank): boolean {
  return blank === "keep" && !(ownColumn(table, column) in table.fill);
}

/**
 * A condition that a row changes the stored one.
 *
 * @param stored the alias of the stored row
 * @param valueIn the value of the row in a column
 */
export function changesStored(
  table: BaseTable,
  columns: readonly string[],
  blank: Blank,
  stored: string,
  valueIn: (column: string) => string,
): string {
  const changes = columns.map((column) => {
    const value = valueIn(column);
    const differs = `${stored}.${ownColumn(table, column)} is distinct from ${value}`;
    return nullKeeps(table, column, blank) ? `(${value} is not null and ${differs})` : differs;
  });
  return `(${changes.join(" or ")})`;
}
