import type { Field } from "../../core/fields.ts";
import { computedFields } from "../../core/sync/curated-fields.ts";
import type { TransactionOptions } from "../../db/connection/transaction.ts";

/** How an operation runs. */
export interface OperationOptions extends TransactionOptions {
  /** Fields that a person maintains and sync never writes; none by default. */
  curatedFields?: readonly Field[] | undefined;
  /** Is called with what the operation does at the moment. */
  progress?: ((message: string) => void) | undefined;
}

/** The fields that sync computes. @throws UsageError where a curated field is no field */
export function fieldsOf({ curatedFields = [] }: OperationOptions): Field[] {
  return computedFields(curatedFields, "curatedFields");
}

export function sayNothing(): void {}
