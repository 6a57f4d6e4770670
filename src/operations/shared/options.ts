import type { Field } from "../../core/fields.ts";
import { computedFields } from "../../core/sync/curated-fields.ts";
import type { RetryOptions } from "../../db/transaction/retry.ts";

/** Options about the database, of every operation. In a transaction of the caller, only `schema` has an effect. */
export interface DatabaseOptions extends RetryOptions {
  /** The tables to work on, by the name of their schema: native or obcms; by default those that the database was set up for. */
  schema?: string | undefined;
}

/** The options of every operation that syncs or writes. */
export interface OperationOptions extends DatabaseOptions {
  /** Fields that sync never writes; none by default. */
  curatedFields?: readonly Field[] | undefined;
  /** Who runs the operation, for the history; user@host by default. */
  actor?: string | undefined;
  /** Called with each step of the operation. */
  progress?: ((message: string) => void) | undefined;
}

/** The fields that sync computes. @throws UsageError if a curated field is unknown */
export function fieldsOf({ curatedFields = [] }: OperationOptions): Field[] {
  return computedFields(curatedFields, "curatedFields");
}

export function sayNothing(): void {}
