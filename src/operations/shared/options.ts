import type { Field } from "../../core/fields.ts";
import { computedFields } from "../../core/sync/curated-fields.ts";
import type { TransactionOptions } from "../../db/transaction/transaction.ts";

/** The options of every operation. */
export interface OperationOptions extends TransactionOptions {
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
