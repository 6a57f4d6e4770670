import type { Field } from "../core/fields.ts";
import { computedFields } from "../core/sync/curated-fields.ts";
import type { TransactionOptions } from "../operations/connection.ts";

/** How a library call runs. */
export interface OperationOptions extends TransactionOptions {
  /** Fields that a person keeps and sync never writes; none by default. */
  curatedFields?: readonly Field[];
}

/** How a call runs that may stop at municipalities. */
export interface SyncOptions extends OperationOptions {
  /** Whether province coverages follow; true by default. */
  syncProvincial?: boolean;
}

/** @throws UsageError where a curated field is none of the fields */
export function fieldsOf({ curatedFields = [] }: OperationOptions): Field[] {
  return computedFields(curatedFields, "curatedFields");
}
