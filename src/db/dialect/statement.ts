/** SQL with ? for each binding. */
export interface Statement {
  sql: string;
  bindings: readonly unknown[];
}

export type Value = string | number | boolean | null;
